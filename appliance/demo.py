"""The demo workspace: a made-up shop with two agents, so that everything can be tried at once."""

from appliance.services.team import Team
from appliance.services.texts import Details, Texts
from appliance.services.workspace import WorkspaceSettings

SHOP = "Lumina"

_GREETING = {
    "en": "Welcome to {workspace}! How can we help?",
    "lt": "Sveiki atvykę į „{workspace}“! Kuo galime padėti?",
    "tr": "{workspace} mağazasına hoş geldiniz! Size nasıl yardımcı olabiliriz?",
    "zh-Hans": "欢迎来到 {workspace}！请问有什么可以帮您？",
    "fa": "به {workspace} خوش آمدید! چه کمکی از ما برمی‌آید؟",
    "ja": "{workspace}へようこそ。ご用件をお聞かせください。",
    "pt-BR": "Boas-vindas à {workspace}! Como podemos ajudar?",
}
_RESPONSES = {
    "order": {
        "en": "Could you tell me your order number? It is in the mail that confirmed your order.",
        "pt-BR": "Poderia me informar o número do pedido? Ele está no e-mail de confirmação.",
        "lt": "Gal galėtumėte parašyti užsakymo numerį? Jį rasite laiške, kuriuo patvirtinome užsakymą.",
    },
    "returns": {
        "en": "You can send anything back within 30 days. The label for it is in the parcel.",
        "pt-BR": "Você pode devolver qualquer produto em até 30 dias. A etiqueta está no pacote.",
        "lt": "Prekę galite grąžinti per 30 dienų. Grąžinimo lipdukas yra siuntoje.",
    },
    "thanks": {
        "en": "Thank you for writing to {workspace}. Is there anything else I can do for you?",
        "pt-BR": "Obrigado por escrever para a {workspace}. Posso ajudar em mais alguma coisa?",
        "lt": "Ačiū, kad parašėte „{workspace}“. Gal galiu dar kuo nors padėti?",
    },
}


async def prepare(team: Team, workspace: WorkspaceSettings, texts: Texts) -> str:
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
        await texts.save("greeting", None, _GREETING, None, emma)
        for shortcut, wordings in _RESPONSES.items():
            await texts.save("canned", None, wordings, None, emma, Details(shortcut))
        agents = [emma]
    admin = next(agent for agent in agents if agent.is_admin and agent.active)
    return await team.make_link("sign_in", agent_id=admin.id)
