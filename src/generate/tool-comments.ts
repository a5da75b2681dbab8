/**
 * Recognises comments that are written for tools: editors, interpreters, linters, formatters, coverage. A sentence that
 * only begins with the name of a tool or of a setting is not one of them.
 */

const OPENING = /^(?:\/\/+|\/\*+|#+|--+)!?[ \t]{0,20}/

/** `vim: ts=2`, `-*- mode: c -*-`, `coding: utf-8`, `frozen_string_literal: true`. */
const SETTING =
  /^(?:(?:vim?|ex):\s*(?:set?\s|\w+=)|-\*-|\+build\s|(?:frozen[_-]string[_-]literal|(?:file)?(?:en)?coding|warn[_-]indent|shareable[_-]constant[_-]value|typed)[ \t]{0,9}[:=][ \t]{0,9}[\w.-]{1,40}\s*$)/i
/** `nolint`, `NOSONAR`, `@formatter:off`, `pragma: no cover`, `shellcheck disable=SC2034`. */
const SWITCH =
  /^(?:NO(?:LINT\w*|SONAR|PMD)\b|nolint\b|noqa\b|#?nosec\b|noinspection\s+\w|pragma:|type:\s*ignore|fmt:\s*(?:on|off|skip)\b|@formatter:o|(?:SUPPRESS\s+)?CHECKSTYLE\b|checkstyle[:.]|LCOV_EXCL|GCOVR?_EXCL|ReSharper\s+(?:disable|enable|once|restore)\b|clang-(?:format|tidy)\b|cppcheck-suppress|spell-?checker:|@ts-(?:ignore|expect-error|nocheck|check)\b|(?:c8|v8|istanbul)\s+ignore\b|shellcheck\s+\w+=|jshint\s+\w+:|eslint\s+[\w@/-]+:)/
/** `rubocop:disable Metrics`, `swiftlint:disable`. */
const OF_LINTER =
  /^(?:astyle|brakeman|codespell|cspell|detekt|flake8|gosec|isort|IWYU pragma|ktlint|mypy|phan|phpcs|pylint|pyright|reek|revive|rubocop|ruff|scalafmt|scalastyle|sorbet|spotless|standard|steep|swiftlint|tslint|uncrustify|yapf):\s?[\w@]/
/** `eslint-disable-next-line`, `prettier-ignore`. */
const IGNORING =
  /^(?:biome|deno-(?:fmt|lint)|dprint|eslint|ktlint|oxlint|prettier|rome|stylelint)-(?:disable|enable|env|ignore|range)/
/** A comment of one line with nothing but a tag for an analyser: `/** @psalm-suppress All *\/`. */
const SUPPRESSING = /^@(?:codeCoverageIgnore|noinspection|(?:phan|phpstan|psalm)-(?:ignore|suppress))[^\n]*$/
/** Folds, conditions and labels: `#region Parts`, `endregion`, `ifdef USE_ICU`, `{{{`, `[[maybe_unused]]`. */
const MARK = /^(?:#(?:end)?region\b|endregion\b|ifn?def\b|endif\b|\{{3}|\}{3}|\[[^\s[\]()]{1,80}\]\s*(?:\*\/)?$)/i
/** A keyword that version control fills in, alone: `$OpenBSD: window.c,v 1.370 … $`. */
const KEYWORD = /^\$[A-Z]\w{1,30}(?::[^$\n]{0,300})?\$\s{0,9}(?:\*\/)?\s*$/
/** A directive of Go, `//lint:ignore`, or of a tool that follows its form; not an address. */
const DIRECTIVE = /^\/\/[a-z\d]{1,30}:[a-z\d]/

/** @param comment - As written, with its delimiters. */
export function isForTools(comment: string): boolean {
  const words = comment.slice(OPENING.exec(comment)?.[0].length ?? 0, 2_000)
  return (
    SETTING.test(words) ||
    SWITCH.test(words) ||
    OF_LINTER.test(words) ||
    IGNORING.test(words) ||
    SUPPRESSING.test(words) ||
    MARK.test(words) ||
    KEYWORD.test(words) ||
    DIRECTIVE.test(comment)
  )
}

/** The start of a fold, `region Parts`, unless a sentence continues after it. */
export function isFold(comment: string, above: string | undefined, below: string | undefined): boolean {
  return (
    /^(?:\/\/|#)\s{0,9}region\b/.test(comment) &&
    !/[.,;:]$/.test(comment.trimEnd()) &&
    (above === undefined || isForTools(above)) &&
    (below === undefined || /^(?:\/\/|#)\s{0,9}(?:[^\s\p{Ll}]|$)/u.test(below))
  )
}
