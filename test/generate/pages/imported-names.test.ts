import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importedNames } from '#generate/pages/imported-names.ts'
import { file } from './sample.ts'

/** `json=json`, `y=a.b:x`, `z=./c:z!` (its own), sorted. */
function bound(language: string, text: string): string[] {
  const names = importedNames(file(`a.${language}`, text, { language }))
  return [...names]
    .flatMap(([as, all]) =>
      all.map(
        ({ path, name, isOwn }) => `${as}=${path.join('/')}${name === null ? '' : `:${name}`}${isOwn ? '!' : ''}`,
      ),
    )
    .sort()
}

test('Python', () => {
  const text = [
    'import json, os.path',
    'import numpy as np # import no',
    'from . import b as c',
    'from .d import (',
    '    e,  # why',
    '    f as g,',
    ')',
    'from x.y import z, \\',
    '    w',
    'def h():',
    '    import late',
    '    """',
    '    import none',
    '    """',
  ].join('\n')
  assert.deepEqual(bound('python', text), [
    'c=:b!',
    'e=d:e!',
    'g=d:f!',
    'json=json',
    'late=late',
    'np=numpy',
    'os=os/path',
    'w=x/y:w',
    'z=x/y:z',
  ])
})

test('TypeScript and JavaScript', () => {
  const text = [
    "import a, { b, type c as d } from 'pkg/sub'",
    "import * as e from '@scope/one'",
    "import type { F } from './f.ts'",
    "import 'none'",
    "// import g from 'g'",
    "const h = require('h')",
    "const { i, j: k } = require('../i')",
    'const text = \'import l from "l"\'',
  ].join('\n')
  const expected = [
    'F=./f.ts:F!',
    'a=pkg/sub',
    'b=pkg/sub:b',
    'd=pkg/sub:c',
    'e=@scope/one',
    'h=h',
    'i=../i:i!',
    'k=../i:j!',
  ]
  assert.deepEqual(bound('typescript', text), expected)
  assert.deepEqual(bound('javascript', text), expected)
})

test('Java, Kotlin, Scala, C# and PHP', () => {
  const java = 'import java.util.List;\nimport static a.B.make;\nimport c.*;\n/* import d.E; */\n'
  assert.deepEqual(bound('java', java), ['List=java/util:List', 'make=a/B:make'])
  assert.deepEqual(bound('kotlin', 'import a.B as C\nimport d.e'), ['C=a:B', 'e=d:e'])
  assert.deepEqual(bound('scala', 'import a.b.{C, D => E}\nimport f._\n'), ['C=a/b:C', 'E=a/b:D'])
  assert.deepEqual(bound('csharp', 'using System;\nusing J = A.B.Json;\n'), ['J=A/B:Json'])
  const php = '<?php\nuse A\\B;\nuse C\\{D, E as F};\nuse function g\\h as i;\nclass X {\n  use T;\n}\n'
  assert.deepEqual(bound('php', php), ['B=A:B', 'D=C:D', 'F=C:E', 'i=g:h'])
})

test('Go and Rust', () => {
  const go = 'import "fmt"\nimport (\n\t"encoding/json"\n\tx "a.b/c/d/v2"\n\t"a.b/e/v3" // v3\n\t_ "none"\n)\n'
  assert.deepEqual(bound('go', go), ['_=none', 'e=a.b/e/v3', 'fmt=fmt', 'json=encoding/json', 'x=a.b/c/d/v2'])
  const rust = 'use std::{fmt, io::{self, Read as R}};\npub use crate::a::B;\nuse serde::*;\n'
  assert.deepEqual(bound('rust', rust), ['B=crate/a:B!', 'R=std/io:Read', 'fmt=std:fmt', 'io=std:io'])
})

test('no other file binds a name', () => {
  assert.deepEqual(bound('c', '#include <json.h>\n'), [])
  assert.deepEqual(bound('markdown', 'import json\n'), [])
})

test('text that only begins imports is read in little time', () => {
  const many = 30_000
  const hostile: [string, string][] = [
    ['typescript', 'import '.repeat(many)],
    ['typescript', `import ${' '.repeat(8_000)}\n`.repeat(40)],
    ['typescript', 'const {a'.repeat(many)],
    ['python', 'from a import (\n'.repeat(many)],
    ['java', `import a${' '.repeat(20_000)}x\n`.repeat(20)],
    ['go', 'import (\n'.repeat(many)],
    ['go', `import (\n${'a'.repeat(8 * many)}\n)`],
    ['rust', 'use a\n'.repeat(many)],
    ['php', 'use a\\'.repeat(many)],
  ]
  for (const [language, text] of hostile) {
    const start = process.cpuUsage()
    bound(language, text)
    const { user } = process.cpuUsage(start)
    // Linear it takes some milliseconds, else from many seconds to minutes.
    assert.ok(user < 3_000_000, `${language} ${text.slice(0, 20)}: ${user / 1_000} ms`)
  }
})
