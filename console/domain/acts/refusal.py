"""Why an act cannot be done now, decided from what is known. Pure; the window shows the answer."""

from console.domain.acts.chat import NO_CHAT
from console.domain.acts.spec import Scope
from console.domain.acts.table import is_known, spec_of
from console.domain.call import Call, Participant, capability_words
from console.domain.sign_in import Method


def refusal(
    kind: str, *, method: Method | None, call: Call | None, person: Participant | None
) -> str:
    """One sentence on why ``kind`` is impossible, or an empty string when it is possible."""
    spec = spec_of(kind)
    if not is_known(kind):
        return spec.consequence
    if method is None:
        return "You are not signed in."
    if spec.needs_secret and method is Method.TOKEN:
        return "This needs the app secret, and you are signed in with a user token."
    if call is None:
        if not spec.app_wide:
            return "Choose a call first."
        return spec.refusal(spec, person) if person is not None else "Choose a person first."
    if spec.scope is not Scope.PERSON and call.ended_at:
        return "This call has ended."
    # Server tokens are not bound to capabilities (STREAM.md 1.5).
    bound = method is Method.TOKEN and spec.capability
    if bound and spec.capability not in call.own_capabilities:
        return f"Your role in this call may not {capability_words(spec.capability)}."
    if spec.scope is Scope.CALL:
        why = spec.call_refusal(spec, call)
        return why or ("" if call.people or not spec.of_people else "Nobody is in this call.")
    if spec.of_chat and not call.chat_cid:
        return NO_CHAT
    if person is None:
        return "Choose a person first."
    return spec.refusal(spec, person)
