/** Comments that are not directly above a declaration, but certainly about it. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { c } from '#generate/analyse/languages/c/c.ts'
import { go } from '#generate/analyse/languages/go/go.ts'
import { java } from '#generate/analyse/languages/java/java.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { rust } from '#generate/analyse/languages/rust/rust.ts'
import { swift } from '#generate/analyse/languages/swift/swift.ts'
import { analyseTexts } from './analyse-texts.ts'

test('a comment of Go that begins with the name of the type below a blank line is its comment', async () => {
  const { component } = await analyseTexts([go], {
    'a.go':
      'package a\n\nconst Max = 1\n\n// plan represents one flight\n// to a moon.\n\ntype plan struct{}\n\n// Some words on what follows here.\n\ntype burn struct{}\n',
  })
  assert.equal(component('a.go#plan').doc, 'plan represents one flight\nto a moon.')
  assert.equal(component('a.go#burn').doc, null)
})

test('blank lines and a remark may stand between a doc comment and its class', async () => {
  const { component } = await analyseTexts([java], {
    'a/Plan.java': 'package a;\n\n/**\n * Plans flights.\n */\n\n\npublic class Plan {}\n',
    'a/Burn.java':
      'package a;\n\n/**\n * Burns fuel.\n */\n\n/*\n * How it is done.\n */\npublic class Burn {\n    int size; // The size in kilograms\n    int age; // age\n}\n',
  })
  assert.equal(component('a/Plan.java#Plan').doc, 'Plans flights.')
  assert.equal(component('a/Burn.java#Burn').doc, 'Burns fuel.')
  assert.equal(component('a/Burn.java#Burn.size').doc, 'The size in kilograms')
  assert.equal(component('a/Burn.java#Burn.age').doc, null)
})

test('a sentence behind a variant of an enum is its comment, and not that of the next one', async () => {
  const { component } = await analyseTexts([rust], {
    'a.rs':
      'pub enum Source {\n    GitDiff,     // Coming from a `git diff` command\n    DiffUnified, // Coming from a `diff -u` command\n    Unknown,\n}\n',
  })
  assert.equal(component('a.rs#Source.GitDiff').doc, 'Coming from a `git diff` command')
  assert.equal(component('a.rs#Source.DiffUnified').doc, 'Coming from a `diff -u` command')
  assert.equal(component('a.rs#Source.Unknown').doc, null)
})

test('a protocol of Swift says which accessors a subscript needs', async () => {
  const { component } = await analyseTexts([swift], {
    'a.swift':
      'protocol Log {\n    subscript(key _: String) -> Int? { get set }\n}\nstruct Plain {\n    subscript(key: String) -> Int? {\n        get { nil }\n    }\n}\n',
  })
  assert.equal(component('a.swift#Log.subscript').signature, 'subscript(key _: String) -> Int? { get set }')
  assert.equal(component('a.swift#Plain.subscript').signature, 'subscript(key: String) -> Int?')
})

/** Each text with the qualified names of its components and their docs. */
const BEFORE_CODE: readonly (readonly [path: string, text: string, docs: Record<string, string | null>])[] = [
  [
    'Keys.kt',
    'object Keys {\n  /** The name. */ const val NAME = "a /* b"\n  /** The\n   * age. */ const val AGE = "age"\n}\nclass Other {\n}\n',
    { Keys: null, 'Keys.NAME': 'The name.', 'Keys.AGE': 'The\nage.', Other: null },
  ],
  [
    'Shape.kt',
    "enum class Shape(\n  /** Sides. */ val sides: Int,\n) {\n  /** One. */ ONE(1),\n  /** Two. */ TWO(2)\n}\n/** Does. */ fun does() = '\"'\n/* a */ /* b */ fun more() = 1\n",
    {
      Shape: null,
      'Shape.sides': 'Sides.',
      'Shape.ONE': 'One.',
      'Shape.TWO': 'Two.',
      does: 'Does.',
      more: null,
    },
  ],
  [
    'Shape.swift',
    'public protocol Shape {\n  /** The area. */ var area: Int { get }\n  /** The sides. */ func sides() -> Int\n  /** More. */ func more()\n}\npublic let one = f()\n/* b */ public let two = 2\n',
    {
      Shape: null,
      'Shape.area': 'The area.',
      'Shape.sides': 'The sides.',
      'Shape.more': 'More.',
      one: null,
      two: null,
    },
  ],
]

for (const [path, text, docs] of BEFORE_CODE) {
  test(`comments that begin lines of code in ${path} separate no declaration from the one above`, async () => {
    const { analysis, incidents } = await analyseTexts([kotlin, swift], { [path]: text })
    assert.deepEqual(Object.fromEntries(analysis.components.map((one) => [one.qualifiedName, one.doc])), docs)
    assert.deepEqual(incidents, [])
  })
}

test('a comment of Doxygen that is marked as one on the code before it is not that of the next field', async () => {
  const { component } = await analyseTexts([c], {
    'plan.h':
      'struct plan {\n  int size;\n    /*!< How large it is,\n     *   in bytes. */\n  int depth;   ///< How deep it is.\n  int far;\n  /**< How far it goes. */\n  int last;\n};\nint run(void);\n///< Runs all.\n\nint stop(void);\n',
  })
  assert.deepEqual(
    ['plan.size', 'plan.depth', 'plan.far', 'plan.last', 'run', 'stop'].map((name) => component(`plan.h#${name}`).doc),
    ['How large it is,\nin bytes.', 'How deep it is.', 'How far it goes.', null, 'Runs all.', null],
  )
})

test('titles of pages of Doxygen are no words of a comment', async () => {
  const { analysis } = await analyseTexts([c], {
    'plan.h':
      '/*!\n * @mainpage Orbit\n *\n * @file plan.h\n * Plans flights between planets.\n * @section how How it is done\n * By burns.\n */\n\nint run(void);\n',
  })
  assert.equal(analysis.fileDocs['plan.h'], 'Plans flights between planets.\n\nBy burns.')
})

test('a comment on the function below a macro is not that of the macro, nor a remark on arguments that of a function', async () => {
  const { component } = await analyseTexts([c], {
    'plan.h':
      '/*! plan_size() : requires a plan.\n *  It may be large. */\n#define PLAN_UNKNOWN (0 - 1)\nint plan_size(void);\n\n/*! plan_burn() : burns all of it. */\nint plan_burn(void);\n\nint plan_free(int *plan);  /* accept NULL pointer */\n\nint plan_land(void);  /* lands on a moon */\n',
  })
  assert.deepEqual(
    ['PLAN_UNKNOWN', 'plan_burn', 'plan_free', 'plan_land'].map((name) => component(`plan.h#${name}`).doc),
    [null, 'plan_burn() : burns all of it.', null, 'lands on a moon'],
  )
})
