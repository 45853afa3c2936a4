/* What the petitioner has written so far, kept in this tab until the server has said that it is registered. */
import { newKey } from "./api.js";
import { BLANK_PEOPLE, peopleOf } from "./file-people.js";

const PLACE = "petition.draft";
const DONE = "petition.done";
const BLANK = { phone: "", kind: "", title: "", text: "", claims: [""], category: "", place: "", name: "", address: "", identity_number: "", ...BLANK_PEOPLE };

/** The Idempotency-Key is born with the form and dies with the receipt: pressing twice registers once. */
export function loadDraft() {
  const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
  return kept ? { ...BLANK, ...kept } : saveDraft({ ...BLANK, key: newKey() });
}

export function saveDraft(draft) {
  sessionStorage.setItem(PLACE, JSON.stringify(draft));
  return draft;
}

export const isStarted = (draft) => Boolean(draft.kind || draft.title || draft.text || draft.name);

export function dropDraft() {
  sessionStorage.removeItem(PLACE);
  sessionStorage.removeItem("petition.guide");
}

export const loadReceipt = () => JSON.parse(sessionStorage.getItem(DONE) || "null");

export function keepReceipt(receipt) {
  sessionStorage.setItem(DONE, JSON.stringify(receipt));
  dropDraft();
}

export const dropReceipt = () => sessionStorage.removeItem(DONE);

/** The body of POST /petitions: what was left empty is left out. */
export function petitionOf(draft) {
  const body = { kind: draft.kind, title: draft.title, text: draft.text, name: draft.name, address: draft.address };
  const claims = draft.claims.filter((claim) => claim !== "");
  if (claims.length) body.claims = claims;
  for (const optional of ["category", "place", "identity_number"]) if (draft[optional]) body[optional] = draft[optional];
  return { ...body, ...peopleOf(draft) };
}
