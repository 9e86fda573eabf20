// The part of the window that no fixed bar covers.

// Heights in pixels of the bar fixed at the top of the window, and of the one at the bottom on a phone.
export const TOP_BAR = 72;
const PHONE_BAR = 104;

// Return the lowest visible y coordinate: above the bottom bar of a phone and its keyboard.
export function visibleBottom() {
  const { height, offsetTop } = window.visualViewport ?? { height: window.innerHeight, offsetTop: 0 };
  const bar = window.matchMedia("(max-width: 800px)").matches ? PHONE_BAR : 0;
  return Math.min(height + offsetTop, window.innerHeight - bar);
}
