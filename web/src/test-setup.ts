// jsdom has no layout: nothing there is a phone or dark.
window.matchMedia = (query: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener() {},
    removeListener() {},
  })

window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
