/** What nothing describes has an entry if its signature tells users what to do with it, a row if it has a signature, otherwise its name. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

const allOf = async (texts: Record<string, string>): Promise<string> => [...(await pagesOf(texts)).values()].join('\n')

test('functions of programs without a comment have a row with their signature, private ones are named in one line', async () => {
  const shell = await allOf({
    'bin/orbit': '#!/bin/bash\n\nabort() {\n  exit 1\n}\n\n# Plans one flight.\nplan() {\n  abort\n}\n\nplan "$@"\n',
  })
  assert.match(shell, /Also defined here\n\n`abort`\n/)
  assert.match(shell, /^#+ `plan`$/m)
  assert.doesNotMatch(shell, /^#+ `abort`$/m)
  const go = await allOf({
    'go.mod': 'module example.org/orbit\n',
    'main.go': `package main\n\nconst Far = 0x1\n\ntype empty struct{}\n\n// full holds one.\ntype full struct{ at int }\n\nfunc Pick(one int) {}\n\nfunc main() { _ = full{at: Far} }\n`,
  })
  assert.match(go, /Also defined here\n\n- `Far` = `0x1`\n- `func Pick\(one int\)`\n\n`empty`, `main`\n/)
})

test('the members of a struct of C include the macros that declare some of them', async () => {
  const page = await allOf({
    'include/plan.h':
      '#define PLAN_FIELDS \\\n  void* data;   \\\n  int size;\n\n/** Plans one flight. */\nstruct plan_s {\n  PLAN_FIELDS\n  int pid;\n  PLAN_PRIVATE(plan)\n};\n\nint plan_go(struct plan_s* plan);\n',
  })
  assert.match(page, /^Members: `pid` `int`, `PLAN_FIELDS` \(macro\), `PLAN_PRIVATE` \(macro\)$/m)
})

test('a property of C# with the name of its type is told, and fields with their condition', async () => {
  const page = await allOf({
    'Orbit.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'Plan.cs':
      'namespace Orbit;\npublic class Map { }\n/// <summary>Plans one flight.</summary>\npublic class Plan\n{\n    public Plan(Map map, int size) { }\n    public Map Map { get; set; }\n    public int size;\n#if FULL\n    public string Name => null;\n#endif\n}\n',
  })
  assert.match(page, /^(?:Members|Also defined here): \[?`Map`[^`,]* .*, \[?`Name`[^`,]* `string` \(`#if FULL`\)$/m)
  assert.match(page, /`size` `int`/)
})

test('a field is told if the constructor has a parameter of its name', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./plan.ts"}',
    'plan.ts':
      '/** A flight that cannot start. */\nexport class Fault extends Error {\n  body: string\n  constructor(body: number, readonly mass: number) {\n    super()\n    this.body = String(body)\n  }\n}\n',
  })
  assert.match(page, /^Members: `body` `string`, `mass` `readonly number`$/m)
})

test('without a comment, what other files use has an entry if it states a result, a constructor, methods or data; what is more has a row or a name', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./src/index.ts"}',
    'src/index.ts': "export * from './plan.ts'\n",
    'src/plan.ts':
      "export function plan(body: string): string {\n  return pick() + body\n}\nexport function pick(): string {\n  return 'a'\n}\nexport interface Body {\n  mass: number\n  /** The radius. */\n  radius: number\n}\nexport interface Ship {\n  /** In tons, with fuel. */\n  mass: number\n  /** The name. */\n  name: string\n}\nexport class Fault extends Error {\n  constructor(body: string) {\n    super(body)\n  }\n}\nexport class Engine {\n  burn(seconds: number): void {}\n}\n/** Returns the engine. */\nexport function engine(): Engine {\n  return new Engine()\n}\nexport function fly(body: string) {\n  return body\n}\nexport class Tank {\n  fill(): void {}\n}\n",
    'test/plan.test.ts':
      "import { Body, Engine, Fault, fly, plan } from '../src/plan.ts'\nlet body: Body\nnew Engine().burn(1)\nnew Fault(plan(fly('a')))\n",
  })
  for (const name of ['Ship', 'plan', 'Body', 'Fault', 'Engine'])
    assert.match(page, new RegExp(`^#+ \`${name}\`$`, 'm'))
  for (const name of ['pick', 'fly', 'Tank']) assert.doesNotMatch(page, new RegExp(`^#+ \`${name}\`$`, 'm'))
  assert.match(page, /^plan\(body: string\): string$/m)
  assert.match(page, /^- `burn\(seconds: number\): void`$/m)
  assert.match(page, /^Members: `mass` `number`, `radius` `number`$/m)
  assert.match(page, /^- `pick\(\): string`\n- `engine\(\): Engine`\n- `fly\(body: string\)`\n\n`Tank` \(`fill`\)$/m)
  // The signature of its class shows how it is made.
  assert.match(page, /^class Fault extends Error \{\n {2}constructor\(body: string\)\n\}$/m)
  assert.doesNotMatch(page, /Also defined here.*`constructor`/)
  assert.match(
    page,
    /^# Public API\n\n## Types\n\n(?:- .*\n){4}\n## Functions\n\n(?=(?:- .*\n)*- `plan` `\(body: string\): string`\n)/m,
  )
})

test('constraints of type parameters, and words on errors or suspension, are no result', async () => {
  const page = await allOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      'pub mod plan;\npub fn run<F>(f: F) where F: Fn(u8) -> u8 { plan::go(f) }\npub fn count<F>(f: F) -> u8 where F: Fn(u8) -> u8 { plan::go(f) }\n',
    'src/plan.rs': 'use crate::{count, run};\npub fn go(f: u8) { run(f); count(f); }\n',
  })
  assert.match(page, /^#+ `count`$/m)
  assert.doesNotMatch(page, /^#+ `run`$/m)
})

test('comments that only list arguments, echo the name or say from where are no description', async () => {
  const page = await allOf({
    'bin/orbit':
      '#!/bin/bash\n\n#body [key] level\ndeploy() {\n  _cbody="$1"\n  _ckey="$2"\n  send "$3"\n}\n\n# Ref: https://orbit.example/api\nsend() {\n  deploy\n}\n\n#get Auth-Token\n_orbit_get_authtoken() {\n  send\n}\n\n#implement closeaccount\ncloseaccount() {\n  send\n}\n\n# Starts all engines at once.\nstart() {\n  send\n}\n',
  })
  for (const name of ['deploy', 'send', '_orbit_get_authtoken', 'closeaccount'])
    assert.doesNotMatch(page, new RegExp(`^#+ \`${name}\`$`, 'm'))
  assert.match(page, /^#+ `start`$/m)
})

test('internal types and functions have an entry if many files use them and a comment describes them', async () => {
  const users = ['a', 'b', 'c', 'd'].map((name): [string, string] => [
    `src/${name}.ts`,
    `import { Sky } from './sky.ts'\n/** Flies over ${name} by night. */\nexport function ${name}(): Sky {\n  return new Sky()\n}\n`,
  ])
  const pages = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./src/index.ts"}',
    'src/index.ts':
      "export { a } from './a.ts'\nexport { b } from './b.ts'\nexport { c } from './c.ts'\nexport { d } from './d.ts'\n",
    'src/sky.ts':
      '/** Holds the stars. */\nexport class Sky {\n  rise(hours: number): void {}\n}\nexport class Sea {\n  sink(): void {}\n}\n',
    ...Object.fromEntries(users),
  })
  assert.match(pages, /^#+ `Sky`$/m)
  assert.match(pages, /^- `rise\(hours: number\): void`$/m)
  assert.doesNotMatch(pages, /^#+ `Sea`$/m)
})

test('a tautology is left out of an entry, its signature is not', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./index.ts"}',
    'index.ts':
      '/** The plan class. */\nexport class Plan {\n  /** Gets the burn. */\n  getBurn(at: number): string {\n    return ""\n  }\n}\n/** Initializes the configuration. */\nexport function initConfig(at: number): string {\n  return ""\n}\n',
    'a.test.ts': "import { initConfig, Plan } from './index.ts'\ninitConfig(1)\nnew Plan().getBurn(1)\n",
  })
  assert.match(page, /^class Plan$/m)
  assert.match(page, /^- `getBurn\(at: number\): string`$/m)
  assert.match(page, /^#+ `initConfig`$/m)
  assert.doesNotMatch(page, /The plan class|Gets the burn|Initializes the/)
})

test('the fields of an internal struct are shown', async () => {
  const users = Array.from({ length: 8 }, (_, at) => `static int fly${at}(struct cfg *c) {\n  return c->late;\n}\n`)
  const page = await allOf({
    'plan.c': `/* Settings of all flights. */\nstruct cfg {\n  int late; /* Waits for the moon */\n};\n\n${users.join('\n')}`,
  })
  assert.match(page, /^#+ `cfg`$/m)
  assert.match(page, /^- `late` `int`: Waits for the moon\.$/m)
})

test('a method of Go keeps the comment of what it implements', async () => {
  const page = await allOf({
    'go.mod': 'module example.org/orbit\n',
    'orbit.go':
      'package orbit\n\n// Planner makes plans.\ntype Planner interface {\n\t// Plan finds the way to a moon.\n\tPlan(moon string) Way\n}\n\n// Way is a list of burns.\ntype Way struct{}\n\n// Slow plans for ships with little fuel.\ntype Slow struct{}\n\n// Plan finds the way to a moon.\nfunc (s *Slow) Plan(moon string) Way { return Way{} }\n',
  })
  assert.match(page, /^#+ `Slow\.Plan`\n\n```go\n.*\n```\n\n(?:Types: `Way`\n\n)?Plan finds the way to a moon\.$/m)
  assert.doesNotMatch(page, /overrides/)
})

test('words behind a value on its line describe it, in every language', async () => {
  const page = await allOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./f.ts"}',
    'f.ts':
      'export interface Plan {\n  name: string // of the pilot\n  age: number /* in whole years */\n  size: string // eslint-disable-line\n}\n',
    'i.php': '<?php\nclass Ship {\n  public string $fuel; // in tons, full\n  const FAR = 4; # in light years\n}\n',
    'D.java': 'public enum D {\n  FAST, // goes before all others\n  SLOW;\n}\n',
    'src/lib.rs': 'pub struct Way {\n    pub long: u32, // in whole miles\n}\n',
    'k.rb': 'class Moon\n  ROUND = 1 # times around it\nend\n',
    'g.py': 'class Sun:\n    HOT = 1  # in many degrees\n',
  })
  for (const words of [
    'of the pilot',
    'in whole years',
    'in tons, full',
    'in light years',
    'goes before all others',
    'in whole miles',
    'times around it',
    'in many degrees',
  ])
    assert.match(page, new RegExp(`: ${words}\\.$`, 'm'), words)
  assert.doesNotMatch(page, /eslint/)
})

test('attributes of Python are listed, also those that parameters of the constructor are named like', async () => {
  const page = await allOf({
    'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n',
    'orbit/__init__.py':
      'class Plan:\n    """Plans one flight."""\n\n    def __init__(self, legs: int, name):\n        self.legs = legs\n        self._name = name\n',
  })
  assert.match(page, /Also defined here: `legs`$/m)
})

test('the fields of a dataclass of Python are one list, with their values', async () => {
  const page = await allOf({
    'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n',
    'orbit/__init__.py':
      'from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Plan:\n    """Lists burns in order of time."""\n\n    plan: str = ""\n    """The plan."""\n\n    compact: bool = False\n    """Leaves out pauses between burns."""\n',
  })
  assert.match(page, /^- `plan` `str` = `""`\n- `compact` `bool` = `False`: Leaves out/m)
  assert.doesNotMatch(page, /Also defined here/)
})

test('a type with public methods that is used all over the code has an entry although no package exports it', async () => {
  const users = Array.from({ length: 11 }, (_, at) => [
    `src/Use${at}.swift`,
    `public func use${at}(_ one: Flow, _ two: Drop) {}\n`,
  ])
  const page = await allOf({
    'src/Flow.swift': 'public class Flow {\n  public func go(a: Int) -> Int { a }\n}\n',
    'src/Drop.swift': 'public class Drop {\n}\n',
    ...Object.fromEntries(users),
  })
  assert.match(page, /^#+ `Flow`$/m)
  assert.doesNotMatch(page, /^#+ `Drop`$/m)
})
