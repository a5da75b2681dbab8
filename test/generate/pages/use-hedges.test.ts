/** Which uses entries hedge or leave out, of repositories that are really analysed. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testsInCode } from '#generate/pages/usage/tests-in-code.ts'
import { pagesOf } from './real-sample.ts'
import { component, file } from './sample.ts'

const all = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('code in a test module of Rust is a test, even if the module could not be parsed', () => {
  const lib = file(
    'src/lib.rs',
    'fn read() {}\n\n#[cfg(test)]\nmod tests {\n    broken!(\n    fn check() {\n    }\n}\n\nfn write() {}\n',
    { language: 'rust' },
  )
  const all = ['read', 'check', 'write'].map((name) => component(lib, name))
  assert.deepEqual([...testsInCode(new Map([[lib.path, lib]]), all)], ['src/lib.rs#check'])
})

test('a line of a script that goes on behind a backslash shows no use', async () => {
  const page = await all({
    'bin/check.sh':
      '#!/bin/bash\n\n# Checks that two texts are equal.\nequal() {\n  [ "$1" = "$2" ]\n}\n\nrun() {\n  equal \\\n    "$1" two\n}\n\nrun one\n',
  })
  assert.doesNotMatch(page, /`equal \\`/)
})

test('a name that is bound to the built-in one of the same name does not use itself', async () => {
  const page = await all({
    'app/compat.py': '__all__ = ["map"]\n\n#: Applies a function.\nmap = map\n',
    'app/use.py': 'from app.compat import map\n\n\ndef run(all):\n    return map(str, all)\n',
  })
  assert.match(page, /^- `run`, [^\n]*`return map\(str, all\)`$/m)
})

test('a name alone on its line is shown with the statement around it', async () => {
  const page = await all({
    'src/Plan.java':
      'package a;\n\n/** Plans. */\npublic class Plan {\n  /** Makes one. */\n  public static Plan of(String name) { return new Plan(); }\n}\n',
    'src/Use.java':
      'package a;\n\npublic class Use {\n  Plan run() {\n    return\n      Plan\n        .of("Mars");\n  }\n}\n',
  })
  assert.match(page, /^- `Use\.run`, [^\n]*`Plan\.of\("Mars"\);`$/m)
})

test('new X() is a use of the constructor that takes its arguments, and it is called a constructor', async () => {
  const main = 'src/main/java/org/orbit'
  const texts = {
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>\n',
    [`${main}/Plan.java`]:
      'package org.orbit;\n\n/** A plan of burns. */\npublic class Plan {\n  /** Plans all days. */\n  public Plan() { this(1); }\n  /** Plans some days. */\n  public Plan(int days) { }\n  /** Plans the days of a disc. */\n  public Plan(Flat flat) { }\n}\n',
    [`${main}/Flat.java`]:
      'package org.orbit;\n\n/** A flat disc. */\npublic class Flat {\n  /** Flies. */\n  public Object fly() { return new Plan(3); }\n  /** Falls. */\n  public Object fall() { return new Plan(Unknown.of(4)); }\n  /** Spins. */\n  public Object spin() { return new Plan(this); }\n}\n',
  }
  const page = await all(texts)
  const usesAt = (line: number): string =>
    page.split(`Constructor in Plan.java, line ${line}\n`)[1]?.split(/^#/m)[0] ?? ''
  assert.match(usesAt(8), /`Flat\.fly`[^\n]*`public Object fly/)
  assert.match(usesAt(10), /<summary>Some uses<\/summary>/)
  assert.doesNotMatch(usesAt(6), /Used|call/)
})
