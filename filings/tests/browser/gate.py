"""Hold back the saves of a page."""

from playwright.sync_api import Page, Route


class Gate:
    """Hold back the saves of the page until opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        self.is_open = False
        page.route("**/fill/changes/", self.pass_or_hold)

    def pass_or_hold(self, route: Route) -> None:
        if self.is_open:
            route.continue_()
        else:
            self.held.append(route)

    def open(self) -> None:
        self.is_open = True
        for route in self.held:
            route.continue_()
