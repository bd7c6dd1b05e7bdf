"""The demo workspace: a made-up shop with two agents, so that everything can be tried at once."""

from appliance.services.team import Team
from appliance.services.workspace import WorkspaceSettings

SHOP = "Lumina"


async def prepare(team: Team, workspace: WorkspaceSettings) -> str:
    """Fills an empty workspace, once; gives the token of a new sign-in link for its admin."""
    agents = await team.agents()
    if not agents:
        await workspace.change(name=SHOP, sites="")
        emma = await team.add(
            email="emma@lumina.example",
            name="Emma",
            password=None,
            language="en",
            time_zone="Europe/Vilnius",
            role="admin",
        )
        await team.add(
            email="joao@lumina.example",
            name="João",
            password=None,
            language="pt-BR",
            time_zone="America/Sao_Paulo",
            role="agent",
        )
        agents = [emma]
    admin = next(agent for agent in agents if agent.is_admin and agent.active)
    return await team.make_link("sign_in", agent_id=admin.id)
