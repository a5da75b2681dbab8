/** Comments for tools: what they are, and that they neither document anything nor hide the doc comment above them. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documenting } from '#generate/analyse/engine/doc-lines.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import { cpp } from '#generate/analyse/languages/cpp/cpp.ts'
import { csharp } from '#generate/analyse/languages/csharp/csharp.ts'
import { go } from '#generate/analyse/languages/go/go.ts'
import { java } from '#generate/analyse/languages/java/java.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { php } from '#generate/analyse/languages/php/php.ts'
import { ruby } from '#generate/analyse/languages/ruby/ruby.ts'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { scala } from '#generate/analyse/languages/scala/scala.ts'
import { swift } from '#generate/analyse/languages/swift/swift.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { analyseTexts } from './analyse/languages/analyse-texts.ts'

test('settings and switches of tools are told from sentences that begin with their words', () => {
  for (const comment of [
    '// @formatter:off',
    '// NOSONAR too long',
    '/* $OpenBSD: window.c,v 1.370 2026/08/20 09:19:24 nicm Exp $ */',
    '# $Id$',
    '// revive:disable-line:exported',
    '// #nosec G101',
    '/* IWYU pragma: keep */',
    '# steep:ignore:start',
    '// CHECKSTYLE:OFF',
    '/* CHECKSTYLE.OFF: Names */',
    '//noinspection unchecked',
    '# rubocop:disable Metrics/AbcSize',
    '# rubocop: todo Style/All',
    '# fmt: off',
    '# noqa: E501',
    '# type: ignore[attr]',
    '# pylint: disable=all',
    '# coding: utf-8',
    '# encoding: UTF-8',
    '# frozen_string_literal: true',
    '# typed: strict',
    '# shellcheck disable=SC2034',
    '// eslint-disable-next-line no-empty -- it is',
    '// prettier-ignore',
    '// @ts-expect-error later',
    '//nolint:errcheck',
    '//lint:ignore U1000 later',
    '// swiftlint:disable all',
    '// ReSharper disable once All',
    '/** @psalm-suppress All */',
    '// #region Parts',
    '// endregion',
  ])
    assert.ok(isForTools(comment), comment)
  for (const comment of [
    '# Encoding of the names of entries.',
    '# encoding of names, as it was asked for',
    '# coding style of the parts',
    '# Typed values of a plan.',
    '// ESLint rules that a plan must keep.',
    '// Prettier plans for burns.',
    '# rubocop finds what is here.',
    '#   else',
    '// Regions of the sky.',
    '// https://example.org/orbit',
    '// Checks the style.',
    '/**\n * @psalm-suppress All\n *\n * Plans a burn.\n */',
  ])
    assert.ok(!isForTools(comment), comment)
})

test('a line of a sentence that begins with the word of a fold is kept', () => {
  const comments = ['// Plans the burns of each', '// region of the sky', '// that is told.']
  assert.deepEqual(documenting(comments), comments)
  assert.deepEqual(documenting(['// region is where it flies.']), ['// region is where it flies.'])
  assert.deepEqual(documenting(['// region Helpers']), [])
})

const CASES: readonly (readonly [LanguageSpec, string, string, string])[] = [
  [java, 'Plan.java', '/** Plans burns. */\n// @formatter:off\npublic class Plan {}\n', 'Plan'],
  [java, 'Way.java', 'package a;\n\n/** Plans burns. */\n// CHECKSTYLE:OFF\n\n@Own\npublic class Way {}\n', 'Way'],
  [java, 'Leg.java', '/** Plans burns. */\n// and what else there is\npublic class Leg {}\n', 'Leg'],
  [kotlin, 'Plan.kt', '/** Plans burns. */\n// ktlint-disable all\nclass Plan\n', 'Plan'],
  [scala, 'Plan.scala', '/** Plans burns. */\n// scalastyle:off\nclass Plan\n', 'Plan'],
  [php, 'Plan.php', '<?php\n/** Plans burns. */\n// phpcs:ignore\nclass Plan {}\n', 'Plan'],
  [
    csharp,
    'Plan.cs',
    '/// <summary>Plans burns.</summary>\n// ReSharper disable once All\npublic class Plan {}\n',
    'Plan',
  ],
  [swift, 'Plan.swift', '/// Plans burns.\n// swiftlint:disable all\npublic class Plan {}\n', 'Plan'],
  [swift, 'Way.swift', '/** Plans burns. */\n// and what else there is\npublic class Way {}\n', 'Way'],
  [rust, 'plan.rs', '/// Plans burns.\n// rustfmt:skip\npub struct Plan;\n', 'Plan'],
  [cpp, 'plan.hpp', '/** Plans burns. */\n// NOLINTNEXTLINE(all)\nclass Plan {};\n', 'Plan'],
  [go, 'plan.go', 'package plan\n\n// Plan plans burns.\n//\n//nolint:all\ntype Plan struct{}\n', 'Plan'],
  [ruby, 'plan.rb', '# Plans burns.\n# rubocop:disable All\nclass Plan\nend\n', 'Plan'],
]

test('a comment for tools between a doc comment and its declaration hides nothing', async () => {
  for (const [spec, path, text, name] of CASES) {
    const { component } = await analyseTexts([spec], { [path]: text })
    assert.match(component(`${path}#${name}`).doc ?? '', /^(?:Plans|Plan plans) burns\.$/, text)
  }
})

test('lines of Ruby prose that begin like a setting of the interpreter are kept', async () => {
  const { component } = await analyseTexts([ruby], {
    'plan.rb':
      '# encoding: utf-8\n\n# Keeps what an entry says of the\n# encoding of its name, and of the\n# typed value.\nclass Plan\nend\n',
  })
  assert.equal(
    component('plan.rb#Plan').doc,
    'Keeps what an entry says of the\nencoding of its name, and of the\ntyped value.',
  )
})
