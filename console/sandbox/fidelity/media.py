"""Files over HTTP, as clients fetch what an event links to: no token, pictures are signed."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from console.sandbox import products
from console.sandbox.api_errors import ApiError
from console.sandbox.fidelity import avatars
from console.sandbox.fidelity.frames import PATH
from console.sandbox.world import World


def routes(world: World) -> list[Route]:
    """Where frames, avatars, transcripts and recordings are fetched."""

    async def frame(request: Request) -> Response:
        query = request.query_params
        try:
            picture = world.frames.picture(
                request.path_params["name"], query.get("expires", ""), query.get("signature", "")
            )
        except ApiError as error:
            return PlainTextResponse(error.reason, status_code=error.status)
        return Response(picture, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

    async def avatar(request: Request) -> Response:
        try:
            picture = world.avatars.picture(request.path_params["name"])
        except ApiError as error:
            return PlainTextResponse(error.reason, status_code=error.status)
        return Response(picture, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

    async def file(request: Request) -> Response:
        try:
            content = world.egresses.products.file(request.path_params["name"])
        except ApiError as error:
            return PlainTextResponse(error.reason, status_code=error.status)
        return Response(content, media_type="application/jsonl")

    return [
        Route(f"{PATH}/{{name}}.png", frame),
        Route(f"{avatars.PATH}/{{name}}.png", avatar),
        Route(f"{products.PATH}/{{name}}", file),
    ]
