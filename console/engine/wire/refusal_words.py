"""What Stream's refusals mean, in a moderator's words (codes: STREAM.md 1.6). Pure."""

_BY_CODE = {
    2: "Stream does not know this sign-in.",
    3: "Stream does not accept this sign-in any more. Sign in again.",
    5: "Stream does not accept this sign-in any more. Sign in again.",
    9: "Stream asked us to slow down.",
    16: "Stream does not know the call or the person.",
    17: "Stream does not allow this.",
    40: "Your token has expired. Sign in with a new one.",
    41: "Your token is not valid yet. Is this machine's clock right?",
    42: "Your token was made in the future. Is this machine's clock right?",
    43: "Stream does not accept this sign-in any more. Sign in again.",
    99: "Stream has suspended this app. Ask Stream's support.",
}
OWN_EXPIRED = (
    "Stream says that a token has expired which this program made just now.",
    "Set this machine's clock. If it is right, the app secret was changed: sign in with the new"
    " one.",
)
"""What is true of code 40 with an app secret, and what to do."""

_BY_STATUS = {
    401: "Stream does not accept this sign-in any more. Sign in again.",
    403: "Stream does not allow this.",
    404: "Stream does not know the call or the person.",
    408: "Stream did not answer in time.",
}


def plain_refusal(code: int, status: int) -> str:
    """One sentence on a refusal; what Stream itself said is for the details."""
    plain = _BY_CODE.get(code) or _BY_STATUS.get(status)
    if plain is None:
        plain = "Stream's server failed." if status >= 500 else "Stream could not do this as asked."
    return plain
