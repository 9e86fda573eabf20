// The menus of rows: one open at a time, closed by Escape and by a click elsewhere.

export function closeMenus(form) {
  const close = (except) => {
    for (const menu of form.querySelectorAll(".row-menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest(".row-menu")));
  form.addEventListener("keydown", (event) => {
    const menu = event.target.closest(".row-menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
