"""Words of the generated articles: number words and sentences in English, Ukrainian and Russian."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: number words by form of ``n`` and ``m``, and sentences with {who} {words} {to} {body}."""

    exact: str
    qualified: tuple[str, ...]
    vague: tuple[str, ...]
    handed_over: str
    returned: str
    held: str
    since: str
    agreed: str
    accused: str
    hedged: str
    hedge: str
    confirmed: str
    denied: str
    told: str
    weekdays: tuple[str, ...]

    def words(self, random: Random) -> str:
        """Return number words: a plain number, a qualified one, or a vague one."""
        # No number that reads as a year: such words are refused.
        number = random.choice((random.randint(12, 1500), random.randint(2200, 9600)))
        chance = random.random()
        if chance < 0.5:
            return self.exact.format(n=number)
        if chance < 0.9:
            more = number + random.randint(10, 390)
            return random.choice(self.qualified).format(n=number, m=more)
        return random.choice(self.vague).format(k=random.randint(1, 9))


ENGLISH = Wording(
    exact="{n:,}",
    qualified=(
        "exactly {n:,}", "at least {n:,}", "more than {n:,}", "up to {n:,}", "fewer than {n:,}",
        "about {n:,}", "nearly {n:,}", "between {n:,} and {m:,}",
    ),
    vague=("dozens", "hundreds", "{k}K"),
    handed_over="{who} said that {words} sample remains were handed over to {to} at the crossing.",
    returned="and that {words} sample remains went back",
    held="{who} keeps {words} sample remains in the hall of examples.",
    since="{who} counted {words} sample remains handed over to {to} since the beginning.",
    agreed="{who} will hand over {words} sample remains to {to} under the agreement.",
    accused="{who} accused {body} of a delay at the sample crossing.",
    hedged="The delay may have come from the sample weather, {who} supposed.",
    hedge="may",
    confirmed="{who} later confirmed the sample handover.",
    denied="{who} denied that any sample parcel was lost.",
    told="{who} described the sample route to the crossing.",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)  # fmt: skip
UKRAINIAN = Wording(
    exact="{n}",
    qualified=(
        "рівно {n}", "щонайменше {n}", "понад {n}", "до {n}", "менше {n}", "близько {n}", "майже {n}",
        "від {n} до {m}",
    ),
    vague=("десятки", "сотні", "{k} тисяч"),
    handed_over="{who}: передано {words} умовних останків до {to} на переході.",
    returned="а назад прийнято {words} умовних останків",
    held="{who} зберігає {words} умовних останків у залі прикладів.",
    since="{who} налічує {words} умовних останків, переданих до {to} від самого початку.",
    agreed="{who} передасть {words} умовних останків до {to} за домовленістю.",
    accused="{who} звинувачує в затримці {body} на умовному переході.",
    hedged="Затримка, можливо, сталася через умовну погоду, вважає {who}.",
    hedge="можливо",
    confirmed="{who} згодом підтверджує умовну передачу.",
    denied="{who} заперечує втрату умовної посилки.",
    told="{who} описує умовний шлях до переходу.",
    weekdays=("понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя"),
)  # fmt: skip
RUSSIAN = Wording(
    exact="{n}",
    qualified=(
        "ровно {n}", "не менее {n}", "свыше {n}", "до {n}", "менее {n}", "около {n}", "почти {n}",
        "от {n} до {m}",
    ),
    vague=("десятки", "сотни", "{k} тысяч"),
    handed_over="{who}: передано {words} условных останков для {to} на переходе.",
    returned="а обратно принято {words} условных останков",
    held="{who} хранит {words} условных останков в зале примеров.",
    since="{who} насчитывает {words} условных останков, переданных для {to} с самого начала.",
    agreed="{who} передаст {words} условных останков для {to} по договорённости.",
    accused="{who} обвиняет в задержке {body} на условном переходе.",
    hedged="Задержка, возможно, случилась из-за условной погоды, полагает {who}.",
    hedge="возможно",
    confirmed="{who} позже подтверждает условную передачу.",
    denied="{who} отрицает потерю условной посылки.",
    told="{who} описывает условный путь к переходу.",
    weekdays=("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
)  # fmt: skip

LANGUAGES = {"en": ENGLISH, "uk": UKRAINIAN, "ru": RUSSIAN}
