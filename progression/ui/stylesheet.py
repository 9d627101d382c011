"""The one style sheet, written from the tokens. Properties on widgets choose among its rules (see `ui.kit`)."""

from __future__ import annotations

from string import Template

from progression.charts.tokens import THEMES
from progression.resources import asset
from progression.ui.theme import TYPE, Theme

TONES: tuple[str, ...] = ("text", "text-2", "text-3", "accent", "up-text", "down-text", "flat", "error", "warn-text")
TONES += ("cw-text", "ci-text", "on-accent", "bar-text")

LEAST = 24  # px: nothing to press is smaller, however small the text

_RULES = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QStackedWidget, #page, #main { background: $bg; }
QToolTip { background: $bg2; color: $text; border: 1px solid $line2; padding: ${p4}px; }
#rail, #side, #status { background: $bg2; }
#rail { border-right: 1px solid $line; }
#side { border-left: 1px solid $line; }
#status { border-top: 1px solid $line; }
#notice { background: $bg; border-top: 2px solid $accent; }
#notice[serious="true"] { border-top-color: $error; }
#hits { background: $bg; border: 1px solid $line2; border-radius: 4px; padding: ${p4}px; }
#overlay { background: $bg; border-left: 1px solid $line2; }
#demo { background: $wait; border-left: 3px solid $waitsolid; padding: ${p4}px ${p8}px; font-weight: 600; }
#vault { background: $bg2; border: 1px solid $line; border-radius: 4px; }
#demo[wide="true"] { padding: ${p8}px ${p12}px; }
#contents { background: $bg2; border-right: 1px solid $line; }
#sections { background: $bg2; font-size: ${f13}px; }
#sections::item { min-height: ${c28}px; padding: 0 ${p8}px 0 ${p16}px; color: $text2;
  border-left: 3px solid transparent; }
#sections::item:hover { background: $bg3; }
#sections::item:selected { background: $tint; color: $accent; border-left-color: $accent; }
#sections::item:disabled { color: $text3; background: transparent; padding-bottom: ${p4}px; }
#day { border: 0; border-left: 1px solid $line; }
#day[today="true"] { background: $bg2; }
#find { font-size: ${f13}px; }
QLabel { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: 0; }

QPushButton { border: 1px solid $accent; border-radius: 4px; background: $bg; color: $accent;
  padding: 0 ${p12}px; min-height: ${c30}px; font-weight: 500; }
QPushButton:hover { background: $tint; }
QPushButton:pressed { background: $bg3; color: $accent2; border-color: $accent2; }
QPushButton:disabled { color: $text3; border-color: $line2; background: $bg2; }
QPushButton[role="primary"] { background: $accent; color: $onaccent; font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed { background: $accent2; border-color: $accent2; }
QPushButton[role="primary"]:disabled { background: $bg3; color: $text3; border-color: $line2; }
QPushButton[role="suggested"] { background: $tint; border-width: 2px; font-weight: 600; min-height: ${c28}px; }
QPushButton[role="quiet"] { border-color: transparent; background: transparent; padding: 0 ${p8}px; }
QPushButton[role="quiet"]:hover { background: $tint; }
QPushButton[small="true"] { min-height: ${c26}px; padding: 0 ${p8}px; font-size: ${f13}px; }
QPushButton[large="true"] { min-height: ${c40}px; padding: 0 ${p24}px; }
QPushButton[role="suggested"][small="true"] { min-height: ${c24}px; }
QPushButton[role="chosen"] { background: $accent; color: $onaccent; font-weight: 600; }
QPushButton[role="link"] { border: 1px solid transparent; background: transparent; text-decoration: underline;
  padding: 0; min-height: ${c22}px; min-width: 24px; font-weight: 400; font-size: ${f13}px; text-align: left; }
QPushButton[role="link"]:hover { background: $tint; color: $accent2; }
QPushButton[role="figure"] { border: 1px solid transparent; background: transparent; text-decoration: underline;
  padding: 0; min-height: ${c34}px; min-width: 24px; font-weight: 600; font-size: ${f28}px; text-align: left; }
QPushButton[role="figure"]:hover { background: $tint; color: $accent2; }
QPushButton[role="row"] { border: 0; border-radius: 0; background: transparent; color: $text2; text-align: left;
  padding: 0 ${p4}px; min-height: ${t24}px; font-weight: 400; font-size: ${f13}px; }
QPushButton[role="row"]:hover { background: $tint; }
QPushButton[role="row"]:checked { color: $text; font-weight: 500; }

QPushButton[role="status"] { border: 0; border-left: 1px solid $line; border-radius: 0; background: transparent;
  color: $text2; padding: 0 ${p16}px; min-height: ${t24}px; font-weight: 400; font-size: ${f12}px; }
QPushButton[role="status"]:hover { color: $accent; background: $tint; }

QPushButton[role="chip"] { border: 1px solid $line2; border-radius: ${r14}px; min-height: ${c26}px; padding: 0 ${p8}px;
  font-size: ${f13}px; font-weight: 400; color: $text2; }
QPushButton[role="chip"]:checked { background: $tint; border-color: $accent; color: $accent; font-weight: 500; }
QPushButton[role="segment"] { border: 1px solid $line2; border-left: 0; border-radius: 0; min-height: ${c26}px;
  padding: 0 ${p12}px; font-size: ${f13}px; font-weight: 400; color: $text2; }
QPushButton[role="segment"]:checked { background: $accent; border-color: $accent; color: $onaccent; font-weight: 500; }
QPushButton[role="segment"]:checked:disabled { background: $bg3; border-color: $line2; color: $text3; }
QPushButton[role="segment"][place="first"], QPushButton[role="segment"][place="only"] {
  border-left: 1px solid $line2; border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QPushButton[role="segment"][place="last"], QPushButton[role="segment"][place="only"] {
  border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QPushButton[role="nav"] { border: 0; border-left: 3px solid transparent; border-radius: 0; background: transparent;
  color: $text2; text-align: left; padding: 0 ${p12}px 0 ${p16}px; min-height: ${c40}px; font-weight: 400; }
QPushButton[role="nav"]:hover { background: $bg3; }
QPushButton[role="nav"]:checked { border-left-color: $accent; background: $tint; color: $accent; font-weight: 600; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox { border: 1px solid $line2; border-radius: 4px;
  background: $bg; color: $text; padding: 0 ${p8}px; min-height: ${c30}px; selection-background-color: $accent;
  selection-color: $onaccent; }
QPlainTextEdit, QTextEdit { padding: ${p4}px ${p8}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {
  border-color: $accent; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox { placeholder-text-color: $text3; }
QLineEdit[fault="true"] { border: 2px solid $error; }
QLineEdit:disabled, QComboBox:disabled { background: $bg2; color: $text3; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: ${p24}px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$chevron"); width: ${p16}px; height: ${p16}px; }
QComboBox QAbstractItemView { background: $bg; color: $text; border: 1px solid $line2; outline: 0;
  selection-background-color: $tint; selection-color: $accent; }
QComboBox QAbstractItemView::item { min-height: ${c28}px; padding: 0 ${p8}px; }
QCheckBox, QRadioButton { spacing: ${p8}px; min-height: ${t24}px; background: transparent; }
QRadioButton[card="true"] { border: 1px solid $line2; border-radius: 4px; background: $bg; padding: 0 ${p16}px;
  spacing: ${p12}px; min-height: ${c50}px; }
QRadioButton[card="true"]:hover { background: $bg2; }
QRadioButton[card="true"]:checked { border-color: $accent; background: $tint; font-weight: 600; }
QCheckBox::indicator, QRadioButton::indicator { width: ${i16}px; height: ${i16}px; border: 1px solid $line2;
  background: $bg; border-radius: 3px; }
QRadioButton::indicator { border-radius: ${round}px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { background: $bg; border: ${r5}px solid $accent; width: ${i8}px; height: ${i8}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QRadioButton::indicator:checked:disabled { border-color: $line2; }
QSlider { min-height: ${t24}px; }
QSlider::groove:horizontal { height: 4px; background: $bg3; border: 1px solid $line2; border-radius: 2px; }
QSlider::handle:horizontal { width: 18px; height: 18px; margin: -8px 0; border-radius: 9px; background: $accent; }

QTableView, QListView, QListWidget { background: $bg; border: 0; gridline-color: $line; outline: 0;
  selection-background-color: $tint; selection-color: $text; alternate-background-color: $bg; }
QTableView::item { padding: 0 ${p8}px 0 0; border-bottom: 1px solid $line; }
QTableView::item:selected, QListView::item:selected { background: $tint; color: $text; }
QListView::item { min-height: ${c28}px; padding: 0 ${p8}px; }
QHeaderView { background: $bg; border: 0; }
QHeaderView::section { background: $bg; color: $text3; border: 0; border-bottom: 1px solid $line2;
  padding: ${p8}px ${p8}px ${p8}px 0; font-size: ${f12}px; font-weight: 500; text-align: left; }
#caseload QHeaderView::section { padding-right: 0; }
#caseload QHeaderView::section:first { padding-left: 16px; }
#caseload QHeaderView::section:last { padding-right: 12px; }
#log QHeaderView::section { padding-left: 3px; }
QTableCornerButton::section { background: $bg; border: 0; border-bottom: 1px solid $line2; }
#answers QHeaderView::section:horizontal { padding-left: 3px; }

QFrame[card="true"] { border: 1px solid $line2; border-radius: 4px; background: $bg; }
QFrame[card="true"][edge="down"] { border-left: 4px solid $down; }
QFrame[card="true"][edge="up"] { border-left: 4px solid $up; }
QFrame[card="true"][edge="flat"] { border-left: 4px solid $flat; }
QFrame[card="true"][edge="error"] { border-left: 4px solid $error; }
QFrame[card="true"][edge="accent"] { border-left: 4px solid $accent; }
QFrame[rule="line"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[rule="upright"] { background: $line; border: 0; max-width: 1px; min-width: 1px; }
QFrame[rule="line-2"] { background: $line2; border: 0; max-height: 1px; min-height: 1px; }

QProgressBar { border: 1px solid $line2; border-radius: 3px; background: $bg3;
  max-height: ${p8}px; min-height: ${p8}px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: 3px; margin: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $bg; border: 1px solid $line2; padding: ${p4}px; }
QMenu::item { padding: ${p4}px ${p16}px; }
QMenu::separator { height: 1px; margin: ${p4}px ${p8}px; background: $line; }
QMenu::right-arrow { image: url("$onward"); width: ${p16}px; height: ${p16}px; }
QMenu::item:selected { background: $tint; color: $accent; }
QTabBar::tab { background: $bg; border: 0; border-bottom: 3px solid transparent;
  padding: ${p8}px ${p12}px; color: $text2; }
QTabBar::tab:selected { border-bottom-color: $accent; color: $accent; font-weight: 600; }
QTabWidget::pane { border: 0; border-top: 1px solid $line2; }
QSplitter::handle { background: $line; }
""")


def style_sheet(theme: Theme) -> str:
    """The sheet of a theme: colours from its tokens, sizes grown with its text size."""
    names = {token.replace("-", ""): value for token, value in THEMES[theme.name].items()}
    names |= {
        "bg2": theme.hex("bg-2"),
        "bg3": theme.hex("bg-3"),
        "tint": theme.hex("accent-tint"),
        "chevron": asset("icons", theme.name, "chevron-down.svg").as_posix(),
        "onward": asset("icons", theme.name, "chevron-right.svg").as_posix(),
        "tick": asset("icons", theme.name, "check.svg").as_posix(),
    }
    sizes = {f"p{n}": str(theme.px(n)) for n in (4, 8, 10, 12, 16, 24)}
    sizes |= {f"f{n}": str(theme.px(n)) for n in (11, 12, 13, 14, 28)}
    # a border above and below is 2 px of a control's height, and does not grow; with it nothing to press is below 24
    sizes |= {f"c{n}": str(max(theme.px(n + 2), LEAST) - 2) for n in (22, 24, 26, 28, 30, 34, 40, 50)}
    sizes["t24"] = str(max(theme.px(24), LEAST))  # of what has no border
    sizes |= {f"r{n}": str(theme.px(n)) for n in (5, 14)}
    mark = 2 * round(theme.px(16) / 2)  # even, or half of it would be no circle's radius
    sizes["i16"] = str(mark)
    sizes["round"] = str((mark + 2) // 2)  # more than half the height would be drawn as a square
    sizes["i8"] = str(mark + 2 - 2 * theme.px(5))
    return _RULES.substitute(names | sizes) + _types(theme) + _tones(theme)


def _types(theme: Theme) -> str:
    return "\n".join(
        f'QLabel[kind="{kind}"] {{ font-size: {theme.px(size)}px; font-weight: {int(weight)}; }}'
        for kind, (size, _line, weight) in TYPE.items()
    )


def _tones(theme: Theme) -> str:
    tones = (f'QLabel[tone="{tone}"] {{ color: {theme.hex(tone)}; }}' for tone in TONES)
    off = f'QLabel[kind="dense"]:disabled {{ color: {theme.hex("text-3")}; }}'  # words beside a box; titles stay
    return "\n".join(["", *tones, off])
