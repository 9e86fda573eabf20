// Row menus: one open at a time; Escape or a click elsewhere closes it.

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
