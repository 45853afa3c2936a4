/* Which case 办理凭据 is about, and with whose session: it goes by the browser's own memory, never in the address. */
export const OF = "proofs.of";

export function openProofs(number, as, back) {
  sessionStorage.setItem(OF, JSON.stringify({ number, as, back }));
  location.href = "proofs.html";
}
