([first, last]) => {
  // Milliseconds from the first listener of one event to the last listener of another, to the layout that is asked for
  // there, and to the next task; in window.took, for every key but Control itself.
  window.probe?.abort();
  window.probe = new AbortController();
  window.took = { listeners: [], layout: [], task: [] };
  const { signal } = window.probe;
  const { port1, port2 } = new MessageChannel();
  let begun = 0;
  const note = (name) => window.took[name].push(performance.now() - begun);
  addEventListener(first, () => { begun = performance.now(); }, { capture: true, signal });
  addEventListener(last, ({ key }) => {
    if (key === "Control") return;
    note("listeners");
    document.body.getBoundingClientRect();
    note("layout");
    port1.postMessage(null);
  }, { signal });
  port2.onmessage = () => note("task");
}
