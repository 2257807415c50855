"""Pictures over HTTP, as clients fetch what an event links to. No token: links are signed."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from console.sandbox.api_errors import ApiError
from console.sandbox.frames import PATH
from console.sandbox.world import World


def routes(world: World) -> list[Route]:
    """Where frames are fetched."""

    async def frame(request: Request) -> Response:
        query = request.query_params
        try:
            picture = world.frames.picture(
                request.path_params["name"], query.get("expires", ""), query.get("signature", "")
            )
        except ApiError as error:
            return PlainTextResponse(error.reason, status_code=error.status)
        return Response(picture, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

    return [Route(f"{PATH}/{{name}}.png", frame)]
