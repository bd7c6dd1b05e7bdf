"""The figures as a table that a person can read, each beside its target."""

from collections.abc import Sequence
from typing import Any

Row = tuple[str, str, str, bool | None]
"""What, figure, target, whether it is met (None: there is none)."""


def render(results: dict[str, Any]) -> tuple[str, list[str]]:
    """The table, and the names of the figures that miss their targets."""
    here = results["machine"]
    rows = [*_chats(results["chats"]), *_engines(results), *_rivals(results["rivals"]), *_rest(results)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        f"{here['processor']}, {here['cores']} cores, load {here['load']} before; {here['system']}, "
        f"Python {here['python']}; fdatasync {here['fsync_ms']:.2f} ms; {results['seconds']:.0f} s in all",
        "",
    ]
    for what, figure, target, met in rows:
        mark = {True: "✓", False: "✗", None: ""}[met]
        lines.append(f"{what:<{widths[0]}}  {figure:>{widths[1]}}  {target:<{widths[2]}}  {mark}".rstrip())
    lines += ["", results["engines"]["model"]]
    if "note" in results["rivals"]:
        lines.append(results["rivals"]["note"])
    missed = [what for what, _, _, met in rows if met is False]
    lines += ["", f"Missed: {', '.join(missed)}" if missed else "Every target is met."]
    return "\n".join(lines) + "\n", missed


def _chats(measured: Sequence[dict[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    for row in measured:
        floor, durable = row["floor"], row["durable"]
        name = f"{row['connections']:,} connections: " if row["connections"] > 1 else "1 connection: "
        is_aim = row["connections"] == 100
        slowest = max(durable["delivered"]["p99"], durable["acked"]["p99"])
        rows += [
            (
                f"{name}floor, messages/s (p50, p99)",
                f"{floor['messages_per_second']:,.0f} ({_times(floor['delivered'])})",
                "",
                None,
            ),
            (f"{name}durable, messages/s", f"{durable['messages_per_second']:,.0f}", "", None),
            (
                f"{name}durable / floor",
                f"{row['ratio']:.3f}",
                "≥ 0.10" if is_aim else "",
                row["ratio"] >= 0.10 if is_aim else None,
            ),
            (
                f"{name}sent → agent has it (p50, p99)",
                _times(durable["delivered"]),
                "p99 < 100 ms" if is_aim else "",
                slowest < 100 if is_aim else None,
            ),
            (f"{name}sent → acknowledged (p50, p99)", _times(durable["acked"]), "", None),
            (
                f"{name}processor time a message, floor and durable",
                f"{row['floor_cpu_us']:,.0f} and {row['durable_cpu_us']:,.0f} µs",
                "",
                None,
            ),
            (
                f"{name}the client's share of a core, floor and durable",
                f"{floor['client_busy']:.0%} and {durable['client_busy']:.0%}",
                "",
                None,
            ),
        ]
    return rows


def _engines(results: dict[str, Any]) -> list[Row]:
    """An Argos model of the usual size."""
    engines, memory = results["engines"], results["engine_memory"]
    beam, beams = engines["beam"], engines["beams"]
    return [
        (
            f"Argos model, bare engine, all at once, beam {', '.join(beams)}, sentences/s",
            ", ".join(f"{figure:.0f}" for figure in beams.values()),
            "",
            None,
        ),
        (
            f"Argos model, 32 at a time, beam {beam}, bare engine and service, sentences/s",
            f"{engines['bare_per_second']:.0f} and {engines['service_per_second']:.0f}",
            "",
            None,
        ),
        _at_least("Argos model, 32 at a time: service / engine", engines["ratio"], 0.9),
        _at_most(
            "Argos model, one message: more than the engine takes, p50, ms", engines["single_extra_ms"], 3
        ),
        _at_most("a repeated message, p50, ms", engines["repeated_ms"], 2),
        (
            f"Argos model, the worker warm and after {memory['translations']:,} translations, MB",
            f"{memory['before_mb']:.0f} and {memory['after_mb']:.0f}",
            "",
            None,
        ),
        _at_most(f"Argos model, growth of the worker in {memory['translations']:,}", memory["growth"], 1.1),
    ]


def _rivals(rivals: dict[str, Any]) -> list[Row]:
    """The whole server beside LibreTranslate's."""
    rows: list[Row] = []
    for key, name in (
        ("dragoman", "Dragoman"),
        ("libretranslate", "LibreTranslate"),
        ("libretranslate_tuned", "LibreTranslate, tuned"),
    ):
        if key not in rivals:
            rows.append((f"{name}, whole server", f"not measured: {rivals['not_measured']}", "", None))
            continue
        server = rivals[key]
        rows += [
            (
                f"{name}, whole server, 1 client: messages/s (p50)",
                f"{server['single_per_second']:.1f} ({server['single_p50_ms']:.0f} ms)",
                "",
                None,
            ),
            (
                f"{name}, whole server, 32 clients: messages/s (p50, p99)",
                f"{server['per_second']:.1f} ({server['p50_ms']:.0f}, {server['p99_ms']:.0f} ms)",
                "",
                None,
            ),
            (
                f"{name}, all processes with the model loaded, MB (PSS; RSS)",
                f"{server['pss_mb']:.0f}; {server['rss_mb']:.0f}",
                "",
                None,
            ),
        ]
    if "libretranslate" in rivals:
        of, tuned = rivals["libretranslate"], rivals["libretranslate_tuned"]
        rows += [
            _at_least("32 clients: messages/s, Dragoman / LibreTranslate", of["ratio_of_per_second"], 6),
            _at_most("32 clients: p50, Dragoman / LibreTranslate", of["ratio_of_p50_ms"], 0.2),
            _at_most("memory (PSS), Dragoman / LibreTranslate", of["ratio_of_pss_mb"], 1.3),
            (
                "32 clients: messages/s and p50, Dragoman / LibreTranslate, tuned",
                f"{tuned['ratio_of_per_second']:.2f}, {tuned['ratio_of_p50_ms']:.2f}",
                "",
                None,
            ),
        ]
    return rows


def _rest(results: dict[str, Any]) -> list[Row]:
    memory, start_up = results["memory"], results["start_up"]
    weight, translation, hours = results["weight"], results["translation"], results["hours"]
    return [
        ("translation: bare engine, sentences/s", f"{translation['engine_per_second']:.0f}", "", None),
        ("translation: one by one, sentences/s", f"{translation['one_by_one_per_second']:.0f}", "", None),
        ("translation: 50 at once, sentences/s", f"{translation['loaded_per_second']:.0f}", "", None),
        _at_least("translation: one by one / engine", translation["one_by_one_ratio"], 0.8),
        _at_least("translation: 50 at once / engine", translation["loaded_ratio"], 0.8),
        *(_quality(way, results["quality"][way]) for way in ("en_pt", "pt_en", "pt_en_pt")),
        _at_most("4 times a hostile text: times the work", results["growth"]["times"], 8),
        _at_most(
            "5,000 hostile characters: the event loop is held up, ms", results["growth"]["held_up_ms"], 10
        ),
        (
            "opening hours: status answers/s",
            f"{hours['status_per_second']:,.0f}",
            "≥ 50,000",
            hours["status_per_second"] >= 50_000,
        ),
        ("opening hours: first answer, ms", f"{hours['first_status_ms']:.1f}", "", None),
        *_traffic(results["traffic"]),
        _at_most("server without models, MB", memory["server_mb"], 120),
        _at_most("an idle visitor, kB", memory["idle_visitor_kb"], 60),
        _at_most("all processes, both directions loaded, MB", memory["translating_mb"], 320),
        ("start until it answers, serve, s", f"{start_up['serve_seconds']:.2f}", "", None),
        _at_most("start until it answers, demo again, s", start_up["demo_seconds"], 2),
        _at_most("loader gzipped, KB", weight["loader_kb"], 5),
        _at_most(f"chat gzipped ({weight['chat_files']} files), KB", weight["chat_kb"], 25),
        (
            f"chat, what only some need ({weight['later_files']} files), KB",
            f"{weight['later_kb']:.1f}",
            "",
            None,
        ),
    ]


def _traffic(year: dict[str, Any]) -> list[Row]:
    what = f"a year of routing, {year['arrivals']:,} visitors, {year['regions']} regions"
    broken = sum(year["broken"].values())
    return [
        _at_most(f"{what}: s", year["seconds"], 60),
        (f"{what}: invariants broken", f"{broken}", "0", broken == 0),
    ]


def _quality(way: str, measured: dict[str, float]) -> Row:
    name = f"BLEU {way.replace('_', '→')}: the model alone, and less that the whole way"
    figures = f"{measured['model']:.1f}, {measured['difference']:+.1f}"
    return (name, figures, "≥ −1", measured["difference"] >= -1)


def _at_least(what: str, figure: float, target: float) -> Row:
    return (what, f"{figure:.2f}", f"≥ {target:g}", figure >= target)


def _at_most(what: str, figure: float, target: float) -> Row:
    return (what, f"{figure:.2f}", f"≤ {target:g}", figure <= target)


def _times(milliseconds: dict[str, float]) -> str:
    return f"{milliseconds['p50']:.1f}, {milliseconds['p99']:.1f} ms"
