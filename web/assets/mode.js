/* Reading modes, set before the first paint: ?elder=1 or what this device chose before. Loaded as a plain script. */
(function () {
  var asked = /[?&]elder=([01])/.exec(location.search);
  var root = document.documentElement;
  function remembered(name) {
    try { return localStorage.getItem(name) === "1"; } catch (error) { return false; }
  }
  if (asked) {
    try { localStorage.setItem("mode.elder", asked[1]); } catch (error) { /* private mode: this page view only */ }
  }
  var elder = asked ? asked[1] === "1" : remembered("mode.elder");
  root.classList.toggle("elder", elder);
  root.classList.toggle("largest", elder && remembered("mode.largest"));
  root.classList.toggle("contrast", remembered("mode.contrast"));
})();
