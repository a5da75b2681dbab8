/** What pages choose to say: facts in place of declarations, examples that can be read, programs and versions of manifests. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { isThirdPartyHeader } from '#generate/surface/third-party-headers.ts'
import { analysedSample } from './real-sample.ts'
import { document, file, subject } from './sample.ts'

/** All pages without the addresses of links, the overview first. */
async function pagesOf(texts: Record<string, string>): Promise<{ overview: string; api: string; all: string }> {
  const given = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(given.inventory), given.analysis, given.inventory.files, 'orbit')
  const { markdown, verification } = document({ ...given, surfaces })
  assert.deepEqual(verification.faults, [])
  const plain = (text: string): string => text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  return {
    overview: plain(markdown.get('overview.md') ?? ''),
    api: plain(markdown.get('public-api.md') ?? ''),
    all: plain([...markdown.values()].join('\n')),
  }
}

const NPM = {
  'package.json':
    '{"name":"orbit","version":"2.0.0-alpha.3","main":"index.ts","publishConfig":{"tag":"alpha"},"engines":{"node":">=20.1"}}',
  'index.ts':
    "import { Flight, type FlightOptions, OrbitError } from './flight'\n\nexport { Flight, type FlightOptions, OrbitError }\n\nexport function launch(options: FlightOptions): Flight {\n  if (options.size < 1) throw new OrbitError()\n  return new Flight()\n}\n",
  'flight.ts':
    'export class Flight {\n  height = 1\n}\nexport interface FlightOptions {\n  size: number\n}\nexport class OrbitError extends Error {}\n',
}

test('a script without a name beside a library is no program, and a header of another project no part of its API', async () => {
  const script =
    'import argparse\n\np = argparse.ArgumentParser()\np.add_argument("--fast", help="Skips checks.")\n\nif __name__ == "__main__":\n    p.parse_args()\n'
  const { overview } = await pagesOf({ ...NPM, 'utils/join/join.py': script })
  assert.doesNotMatch(overview, /--fast|join\.py/)
  assert.match((await pagesOf({ 'utils/join/join.py': script })).overview, /--fast/)
  const isOfOthers = (text: string): boolean =>
    isThirdPartyHeader(
      file('include/orbit/any.hpp', `${text}\n#pragma once\n// https://github.com/ann/other\n`),
      subject.name,
    )
  const home = '// https://github.com/ann/any-lite\n//'
  assert.equal(isOfOthers(`// Copyright 2020 by Ann\n//\n${home}`), true)
  assert.equal(
    isOfOthers(`/*\n * Licensed under the MIT licence.\n * See https://github.com/ann/orbit.git\n */`),
    false,
  )
  assert.equal(isOfOthers('/*\n  Copyright 2020 by Ann\n\n  See https://github.com/ann/any-lite.\n*/'), true)
  assert.equal(isOfOthers('/* Copyright 2020 by Ann, https://github.com/ann/orbit. */'), false)
  assert.equal(isOfOthers(home), false)
  assert.equal(isOfOthers('// Copyright 2020 by Ann'), false)
})

test('in the index, a type without words has its members, and a plain error its name', async () => {
  const flight =
    'export class Flight {\n  height = 1\n  private inside(): void {}\n  up(): void {}\n  /** Turns to the left. */\n  turn(): void {}\n  /** Lands at the next base. */\n  land(): void {}\n  /** Is for heirs. */\n  protected burn(): void {}\n}\nexport interface FlightOptions {\n  size: number\n}\nexport class OrbitError extends Error {}\n/** The mode. */\nexport enum Mode { Fast, Slow }\nexport enum Way { Up, Down }\n'
  const index = NPM['index.ts'].replace('export { Flight,', "export { Mode, Way } from './flight'\nexport { Flight,")
  const { overview, api } = await pagesOf({ ...NPM, 'flight.ts': flight, 'index.ts': index })
  assert.match(overview, /^- Public API$/m)
  assert.doesNotMatch(overview, /^## Public API/m)
  assert.match(
    api,
    /^# Public API\n\n## Types\n\n- `Flight`: `up\(\)`, `turn\(\)`, `land\(\)`\n- `FlightOptions`: `size`\n\n`Mode`, `Way`\n\n## Functions\n\n- `launch` `\(options: FlightOptions\): Flight`\n\n## Exceptions\n\n`OrbitError`\n$/,
  )
  assert.doesNotMatch(api, /`class |`interface |returned by|passed to/i)
  // Once on a page.
  assert.doesNotMatch(overview, /## Central types/)
})

test('the command of a package has the tag that it is published under, and the overview what it needs', async () => {
  const { overview } = await pagesOf(NPM)
  assert.match(overview, /`npm install orbit@alpha`/)
  const manifest =
    '{"name":"orbit","version":"2.0.0-beta.1","main":"index.ts","scripts":{"release":"build && release --publish --publishTag beta && git push"}}'
  const released = await pagesOf({ ...NPM, 'package.json': manifest })
  assert.match(released.overview, /`npm install orbit@beta`/)
  assert.match(overview, / · Node\.js >=20\.1 · /)
})

test('options are those of programs that a package installs, not of a script beside them', async () => {
  const parser = (name: string): string =>
    `import argparse\n\n\ndef main():\n    parser = argparse.ArgumentParser()\n    parser.add_argument("--${name}", help="Set ${name}.")\n    parser.parse_args()\n`
  const { overview } = await pagesOf({
    'pyproject.toml':
      '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\nrequires-python = ">=3.9"\n[project.scripts]\norbit = "orbit.cli:main"\n',
    'orbit/__init__.py': '',
    'orbit/cli.py': parser('height'),
    'orbit/worker/run.py': parser('secret'),
    'extras/profile.py': parser('cycles'),
  })
  assert.match(overview, /--height/)
  assert.doesNotMatch(overview, /--cycles|--secret/)
  assert.match(overview, / · Python >=3\.9 · /)
})

test('where no README shows its use, the comment on the package does, and what that makes leads', async () => {
  const { overview } = await pagesOf({
    'go.mod': 'module example.org/orbit\n\ngo 1.22\n',
    'doc.go':
      '// Package orbit plans flights.\n//\n//\tvar planner = orbit.Planner{\n//\t\tHeight: 3,\n//\t}\npackage orbit\n',
    'a.go': `package orbit\n\n// Dialer connects to others, at great length.\ntype Dialer struct{ Height int }\n\n// Dial dials.\nfunc (d *Dialer) Dial() {\n${'\tprintln(1)\n'.repeat(30)}}\n\n// Planner plans what is flown.\ntype Planner struct{ Height int }\n\n// Plan plans.\nfunc (p *Planner) Plan() {}\n`,
  })
  assert.match(overview, /## Example\n\n```go\nvar planner = orbit\.Planner\{/)
  assert.match(overview, / · Go 1\.22 · /)
  const rows = [...overview.matchAll(/^\| struct `(\w+)`/gm)].map(([, name]) => name)
  assert.deepEqual(rows, ['Planner'], 'no document shows the other')
  assert.match(overview, /\| `Planner` \|$/m)
})

test('members of a type that are called come before types that stand inside', async () => {
  const methods = ['plan', 'turn', 'land', 'fuel', 'rise', 'fall', 'spin', 'lift'].map(
    (word, n) => `  /** Reports how to ${word} safely. */\n  public void part${n}() {}\n`,
  )
  const { all } = await pagesOf({
    'README.md': '# Orbit\n\nAdd `org.orbit:orbit` to the build.\n',
    'pom.xml':
      '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId><properties><maven.compiler.release>17</maven.compiler.release></properties></project>',
    'src/main/java/org/orbit/Plan.java': `package org.orbit;\n\n/** Plans all. */\npublic class Plan {\n  /** Builds one. */\n  public static class Builder {\n    /** Ends the plan at once. */\n    public void end() {}\n  }\n  Plan(int a) {}\n${methods.join('')}}\n`,
  })
  assert.ok(all.indexOf('`Plan.part7`\n') < all.indexOf('`Plan.Builder`\n'))
  assert.doesNotMatch(all, /```java\n[^`]*Plan\(int a\)/)
  assert.match(all, / · Java 17 · /)
})

test('what a package of Python lists is public, other modules where documents import them; what Rust compiles for tests is not', async () => {
  const files = {
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'orbit/__init__.py': 'from orbit.plan import plan\n\n__all__ = ["plan"]\n',
    'orbit/plan.py': 'def plan():\n    """Plans one."""\n\n\ndef inner():\n    """Is inside."""\n',
    'orbit/extra.py': 'def more():\n    """Plans more."""\n',
    'README.md': '# Orbit\n\n```python\nfrom orbit import plan\nfrom orbit.extra import more\n```\n',
  }
  const section = /## Public API[\s\S]*?\n## /.exec((await pagesOf(files)).overview)?.[0] ?? ''
  assert.match(section, /Plans one\.[\s\S]*orbit\.extra|orbit\.extra[\s\S]*Plans one\./)
  assert.doesNotMatch(section, /inner/)
  const rust = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "0.1.0"\n',
    'src/lib.rs':
      '/// Plans one.\npub fn plan() {}\n\n#[cfg(test)]\nmod tests {\n    /// Fails.\n    #[macro_export]\n    macro_rules! fail {\n        () => {};\n    }\n}\n',
  })
  assert.doesNotMatch(/## Public API[\s\S]*?\n## /.exec(rust.overview)?.[0] ?? '', /fail/)
})

test('a constant of a script that no file uses and the package does not export is internal', async () => {
  const { all: text } = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./src/index.ts"}',
    'src/index.ts':
      "import { blue } from './colours.ts'\nexport { shown } from './colours.ts'\n/** Paints. */\nexport const paint = (): string => blue\n",
    'src/colours.ts':
      "/** The colour of the sea. */\nexport const blue = 'b'\n/** The colour of the land. */\nexport const green = 'g'\nexport const shown = 's'\n",
  })
  assert.match(text, /^#+ `blue`$/m)
  assert.match(text, /^### Also defined here\n\n- `shown` = `'s'`$/m)
  assert.doesNotMatch(text, /^#+ `green`$/m)
  assert.match(text, /<summary>Internal definitions<\/summary>\n\n- `green` = `'g'`: The colour of the land\.\n\n</)
})

test('a property of a type is no call', async () => {
  const { all } = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\nversion = "1.0"\n',
    'orbit/__init__.py':
      '__all__ = ["Flight"]\n\n\nclass Flight:\n    @property\n    def tall(self) -> int:\n        return 1\n\n    def up(self, by: int) -> int:\n        return by\n',
  })
  assert.match(all, /`Flight` \(`tall`, `up`\)/)
})

test('a property of Kotlin that shares a name with a parameter of a constructor is listed', async () => {
  const { all } = await pagesOf({
    'Plan.kt': `package orbit
/** Carries people around the Sun for years. */
class Plan(val size: Int) {
  constructor(code: String) : this(code.length)
  val code: Int
    get() = 1
  /** Burns all fuel that is left at once. */
  fun burn(course: Int, speed: Int): Int {
    return course + speed
  }
}
`,
  })
  assert.match(all, /Also defined here: `code` `Int`$/m)
  assert.doesNotMatch(all, /^Also defined here:.*`size`/m)
})
