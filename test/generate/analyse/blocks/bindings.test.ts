import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from '../inventory-of.ts'

/** `json=json`, `y=a.b:x -> what it is`, sorted. */
async function bound(files: Record<string, string>, path: string): Promise<string[]> {
  const inventory = await inventoryOf(files)
  const { occurrences } = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  return occurrences
    .bindingsOf(path)
    .map(
      ({ name, imported, module, to }) =>
        `${name}=${module}${imported === null ? '' : `:${imported}`}${to === null ? '' : ` -> ${to}`}`,
    )
    .sort()
}

test('Python: renamed imports, modules, and what is not of the repository', async () => {
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
  const files = { 'p/__init__.py': '', 'p/a.py': text, 'p/b.py': '', 'p/d.py': 'def e(): pass\ndef f(): pass\n' }
  assert.deepEqual(await bound(files, 'p/a.py'), [
    'c=.:b -> p/b.py',
    'e=.d:e -> p/d.py#e',
    'g=.d:f -> p/d.py#f',
    'json=json',
    'late=late',
    'np=numpy',
    'os=os.path',
    'w=x.y:w',
    'z=x.y:z',
  ])
})

test('Java, Kotlin, Scala, C# and PHP', async () => {
  const java =
    'package d;\nimport java.util.List;\nimport static a.B.make;\nimport a.B;\nimport c.*;\n/* import d.E; */\nclass X {}\n'
  const b = 'package a;\npublic class B { public static void make() {} }\n'
  assert.deepEqual(await bound({ 'd/X.java': java, 'a/B.java': b }, 'd/X.java'), [
    'B=a:B -> a/B.java#B',
    'List=java.util:List',
    'make=a.B:make -> a/B.java#B.make',
  ])
  const kotlin = { 'a.kt': 'import a.B as C\nimport d.e\n', 'b.kt': 'package d\nfun e() {}\n' }
  assert.deepEqual(await bound(kotlin, 'a.kt'), ['C=a:B', 'e=d:e -> b.kt#e'])
  assert.deepEqual(await bound({ 'a.scala': 'import a.b.{C, D => E}\nimport f._\nclass X\n' }, 'a.scala'), [
    'C=a.b:C',
    'E=a.b:D',
  ])
  assert.deepEqual(await bound({ 'a.cs': 'using System;\nusing J = A.B.Json;\nclass X {}\n' }, 'a.cs'), ['J=A.B:Json'])
  const php = '<?php\nuse A\\B;\nuse C\\{D, E as F};\nuse function g\\h as i;\nclass X {\n  use T;\n}\n'
  assert.deepEqual(await bound({ 'a.php': php, 'B.php': '<?php\nnamespace A;\nclass B {}\n' }, 'a.php'), [
    'B=A:B -> B.php#B',
    'D=C:D',
    'F=C:E',
    'i=g:h',
  ])
})

test('Go and Rust', async () => {
  const go =
    'package a\nimport "fmt"\nimport (\n\t"encoding/json"\n\tx "a.b/c/d/v2"\n\t"a.b/e/v3" // v3\n\t_ "none"\n\t"me.org/m/sub"\n)\n'
  const files = { 'go.mod': 'module me.org/m\n', 'a.go': go, 'sub/s.go': 'package sub\nfunc F() {}\n' }
  assert.deepEqual(await bound(files, 'a.go'), [
    'e=a.b/e/v3',
    'fmt=fmt',
    'json=encoding/json',
    'sub=me.org/m/sub -> sub/s.go',
    'x=a.b/c/d/v2',
  ])
  const rust = 'pub mod a;\nuse std::{fmt, io::{self, Read as R}};\npub use crate::a::B;\nuse serde::*;\n'
  const crate = { 'Cargo.toml': '[package]\nname = "me"\n', 'src/lib.rs': rust, 'src/a.rs': 'pub struct B;\n' }
  assert.deepEqual(await bound(crate, 'src/lib.rs'), [
    'B=crate::a:B -> src/a.rs#B',
    'R=std::io:Read',
    'fmt=std:fmt',
    'io=std:io',
  ])
})

test('no other file binds a name', async () => {
  assert.deepEqual(await bound({ 'a.c': '#include <json.h>\nint x;\n' }, 'a.c'), [])
  assert.deepEqual(await bound({ 'a.rb': "require 'json'\n" }, 'a.rb'), [])
})
