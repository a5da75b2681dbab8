/** Which uses entries hedge or leave out, of repositories that are really analysed. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testsInCode } from '#generate/pages/usage/tests-in-code.ts'
import { pagesOf } from './real-sample.ts'
import { component, file } from './sample.ts'

const all = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('functions of objects in JavaScript may be called on values of unknown type', async () => {
  const page = await all({
    'package.json': '{ "name": "orbit", "main": "lib/response.js" }',
    'lib/response.js':
      'module.exports = {\n  /** Sets a field. */\n  set (field) {\n    return field\n  },\n  /** Adds one. */\n  append (field) {\n    return this.set(field)\n  }\n}\n',
    'lib/more.js':
      "const response = require('./response')\nexports.more = function () {\n  return response.set(2)\n}\n",
    'lib/app.js': 'exports.respond = function (ctx) {\n  ctx.response.set(1)\n}\n',
  })
  assert.match(page, /### `set`[\s\S]*?<summary>Some uses<\/summary>/)
})

test('members of what containers of other libraries give may be uses', async () => {
  const page = await all({
    'include/item.hpp':
      '#pragma once\n#include <vector>\nstruct Item {\n  /// The whole name.\n  int fullname() const { return 1; }\n};\n',
    'include/use.hpp':
      '#pragma once\n#include <vector>\n#include "item.hpp"\ninline int one(const Item &item) { return item.fullname(); }\ninline int two(std::vector<Item> all) { return all.at(2).fullname(); }\n',
  })
  assert.match(page, /`Item::fullname`[\s\S]*?<summary>Some uses<\/summary>/)
})

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
  assert.match(page, /<summary>Used in 1 place<\/summary>\n\n`app\/use\.py`/)
})

test('a name alone on its line is shown with the statement around it', async () => {
  const page = await all({
    'src/Plan.java':
      'package a;\n\n/** Plans. */\npublic class Plan {\n  /** Makes one. */\n  public static Plan of(String name) { return new Plan(); }\n}\n',
    'src/Use.java':
      'package a;\n\npublic class Use {\n  Plan run() {\n    return\n      Plan\n        .of("Mars");\n  }\n}\n',
  })
  assert.match(page, /^- 7 `Plan\.of\("Mars"\);` · /m)
})

test('recursion and uses of variables for it are not counted', async () => {
  const page = await all({
    'include/plan.h':
      '#pragma once\n/** How it ends. */\nenum ending { ENDED, FAILED };\n/** Plans it. */\nint plan(int left);\n/** Runs it. */\nint run(void);\n',
    'src/plan.c':
      '#include "plan.h"\nint plan(int left) {\n  if (left < 0) return FAILED;\n  return plan(left - 1);\n}\n',
    'src/run.c': '#include "plan.h"\n/** Runs it. */\nint run(void) {\n  /* run(1) */\n  return plan(1) + ENDED;\n}\n',
    'src/all.c': '#include "plan.h"\nint all(void) { return run(); }\n',
  })
  // Recursion is a use as well.
  assert.match(page, /`plan`\n(?:(?!\n#)[\s\S])*?<summary>Some uses<\/summary>/)
  assert.match(page, /<summary>Used in 1 place<\/summary>/)
  const script = await all({
    'package.json': '{ "name": "orbit", "main": "index.js" }',
    'index.js': "/** The bus. */\nconst bus = require('./bus')\nconst utils = { bus: bus }\nmodule.exports = utils\n",
    'bus.js': '/** Sends it. */\nmodule.exports = function bus(word) {\n  return word\n}\n',
    'run.js': "const utils = require('./index')\nconst bus = utils.bus\nmodule.exports = () => bus(1)\n",
  })
  assert.match(script, /`bus`\n(?:(?!\n#)[\s\S])*?<summary>Some uses/)
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
  assert.match(usesAt(8), /<summary>Some uses<\/summary>/)
  assert.match(usesAt(8), /7 `public Object fly|6 `public Object fly/)
  assert.match(usesAt(10), /<summary>Some uses<\/summary>/)
  assert.doesNotMatch(usesAt(6), /Used|call/)
})

test('what the code of a template names may have more uses, what its text names has not', async () => {
  const texts = {
    'lib/orbit.rb':
      'module Orbit\n  class << self\n    # The planet.\n    def planet\n      1\n    end\n\n    # The moon.\n    def moon\n      2\n    end\n  end\nend\n',
    'lib/use.rb': 'class Use\n  def run\n    Orbit.planet + Orbit.moon\n  end\nend\n',
    'lib/views/all.erb': '<p>moon</p>\n<%= Orbit.planet %>\n',
  }
  const page = await all(texts)
  assert.match(page, /`Orbit(?:\.|::)planet`\n(?:(?!\n#)[\s\S])*?<summary>Some uses<\/summary>/)
  assert.match(page, /`Orbit(?:\.|::)moon`\n(?:(?!\n#)[\s\S])*?<summary>Used in 1 place<\/summary>/)
})
