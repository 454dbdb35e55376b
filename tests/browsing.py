"""People of practice in a real browser."""

import re
import time

from tests.people import one_time_code


def account_of(stack, role: str, team: str | None = None) -> dict:
    """The first practice account with this role (and team)."""
    return next(
        account for account in stack.accounts if account["role"] == role and team in (None, account["team"])
    )


def sign_in(page, stack, account: dict) -> None:
    """Sign in with password and second factor; a code that was used already is waited out.

    A code counts once and changes every 30 seconds (RFC 6238), hence at most one wait.
    """
    page.goto(f"{stack.url}/aanmelden/")
    page.fill("input[name=login]", account["email"])
    page.fill("input[name=password]", account["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/aanmelden/code/**")
    for _ in range(2):
        code = one_time_code(account["totp_secret"])
        page.fill("input[name=code]", code)
        with page.expect_navigation():
            page.press("input[name=code]", "Enter")
        if "/aanmelden/" not in page.url:
            return
        while one_time_code(account["totp_secret"]) == code:
            time.sleep(0.5)
    raise AssertionError(f"{account['email']} cannot sign in: {page.inner_text('body')[:600]}")


def gone_from(page, ours: str) -> None:
    """Wait until the address of `page` no longer matches `ours`: asking for a site that is not there takes its time."""
    for _patience in range(100):
        if not re.search(ours, page.url):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.url)
