"""``moderator-console policy pull`` and ``push``: the two that need a Stream app."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.base.clock import SystemClock
from console.base.errors import WorldError
from console.base.paths import Paths
from console.base.plain_text import visible
from console.base.standard_streams import flush_output
from console.base.whole_file import written_whole
from console.domain.sign_in import STREAM_BASE_URL, Method, Profile
from console.engine.cli import stored_sign_in
from console.engine.policies.exchange import compare, pull, push
from console.engine.wire.sign_in_token import credentials
from console.policy.cli import OK, REFUSED, WRONG
from console.policy.loader import read_policy_at
from console.policy.policy_text import write_policy

if TYPE_CHECKING:
    from console.engine.wire.stream import Gateway


def main(argv: Sequence[str], home: Path | None = None) -> int:
    """Run one command; 0 is well, 1 is a policy with errors, 2 is the world's fault."""
    options = _parser().parse_args(argv)
    try:
        profile, secret = _sign_in(options, home)
        work = _pull if options.command == "pull" else _push
        code = asyncio.run(work(options, profile, secret))
        flush_output()
    except WorldError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="moderator-console policy")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    take = commands.add_parser("pull", help="write an app's policy as a policy file")
    take.add_argument("key", metavar="KEY", help="for example custom:captions")
    take.add_argument("--output", type=Path, help="write here; otherwise standard output")
    take.add_argument("--team", default="", help="the policy of this team, where there is one")
    put = commands.add_parser("push", help="show what differs and, with --yes, write it to the app")
    put.add_argument("file", type=Path, metavar="FILE")
    put.add_argument("--yes", action="store_true", help="write; without it nothing is changed")
    for each in (take, put):
        each.add_argument(
            "--profile",
            help="a stored profile; without it STREAM_API_KEY, STREAM_API_SECRET and "
            "STREAM_BASE_URL say whose app it is; STREAM_ALLOW_HTTP=1 allows http:// to "
            "another machine",
        )
    return parser


def _sign_in(options: argparse.Namespace, home: Path | None) -> tuple[Profile, str]:
    if options.profile:
        paths = Paths.under(home) if home else Paths.of_platform()
        stored = stored_sign_in(paths, options.profile)
        profile, secret = stored.profile, stored.secret
    else:
        secret = os.environ.get("STREAM_API_SECRET", "")
        profile = Profile(
            name="environment",
            api_key=os.environ.get("STREAM_API_KEY", ""),
            method=Method.SECRET,
            base_url=os.environ.get("STREAM_BASE_URL") or STREAM_BASE_URL,
            unencrypted=os.environ.get("STREAM_ALLOW_HTTP") == "1",
        )
    if not secret or not profile.api_key:
        raise WorldError(
            "No app is given.", "Use --profile NAME, or STREAM_API_KEY and STREAM_API_SECRET."
        )
    address = urlsplit(profile.base_url)
    if address.scheme not in ("http", "https") or not address.netloc:
        raise WorldError(
            f"{visible(profile.base_url)} is no address of an app.", "It begins with https://."
        )
    if profile.method is not Method.SECRET:
        raise WorldError("A policy can be pulled and pushed only with the app's secret.")
    return profile, secret


def _open(profile: Profile, secret: str) -> "Gateway":
    from console.engine.wire.stream import Gateway  # costs seconds, so only when needed

    return Gateway(profile, credentials(profile, secret, SystemClock().now()))


async def _pull(options: argparse.Namespace, profile: Profile, secret: str) -> int:
    gateway = _open(profile, secret)
    try:
        policy = await pull(gateway, options.key, team=options.team)
    finally:
        await gateway.close()
    if policy is None:
        raise WorldError(f"The app has no policy for {visible(options.key)}.")
    text = write_policy(policy)
    if options.output is None:
        sys.stdout.write(text)
        return OK
    with written_whole(options.output) as write:
        write(text)
    return OK


async def _push(options: argparse.Namespace, profile: Profile, secret: str) -> int:
    read = read_policy_at(options.file)
    for error in read.errors:
        sys.stderr.write(f"{visible(str(error))}\n")
    if read.policy is None:
        return WRONG
    gateway = _open(profile, secret)
    try:
        changes = await compare(gateway, read.policy)
        for sentence in changes.sentences or ("Nothing differs.",):
            sys.stdout.write(f"{visible(sentence)}\n")
        if changes.sentences and options.yes:
            await push(gateway, changes)
            sys.stdout.write("Written.\n")
        elif changes.sentences:
            sys.stdout.write("Nothing was written; say --yes to write it.\n")
    finally:
        await gateway.close()
    return OK
