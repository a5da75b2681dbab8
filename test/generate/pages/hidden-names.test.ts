/** What is kept from users is neither public nor in lists, call trees or examples, in each language; what is old comes last. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLeftOut } from '#generate/pages/public-api/documented-members.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { pagesOf } from './real-sample.ts'
import { component, file } from './sample.ts'

/** A document that shows all definitions, since the overview has rows only for what documents show. */
function withManual(texts: Record<string, string>): Record<string, string> {
  const names = Object.values(texts).flatMap((text) =>
    [...text.matchAll(/\b(?:class|def|fn|struct) (\w+)/g)].map(([, name]) => `- \`${name}\`\n`),
  )
  return { ...texts, 'docs/names.md': `# Names\n\n${names.join('')}` }
}

/** The overview, and the index of all public names behind it. */
const overviewOf = async (texts: Record<string, string>): Promise<string> => {
  const pages = await pagesOf(withManual(texts))
  return `${pages.get('overview.md') ?? ''}\n${pages.get('public-api.md') ?? ''}`
}

/** The section of the overview, and the index. */
const apiOf = (text: string): string =>
  `${/^## Public API\n[\s\S]*?(?=^## )/m.exec(text)?.[0] ?? ''}${/^# Public API\n[\s\S]*/m.exec(text)?.[0] ?? ''}`

test('modules of Rust that are hidden where they are declared hide what their files define', async () => {
  const text = await overviewOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      '//! Plans.\n\n#[doc(hidden)]\n#[macro_use]\npub mod engine;\npub mod own;\n\n/// Plans one flight.\npub fn plan() { engine::burn(); engine::turn(); engine::stop(); own::keep(); }\n',
    'src/engine.rs':
      '/// Burns.\npub fn burn() {}\n/// Turns.\npub fn turn() {}\n/// Stops.\npub fn stop() {}\npub struct Motor;\n',
    'src/own.rs': '#![doc(hidden)]\n/// Keeps.\npub fn keep() {}\n',
  })
  const api = apiOf(text)
  assert.match(api, /`plan`/)
  assert.doesNotMatch(api, /burn|turn|Motor|keep/)
})

test('packages that a module of Java does not export are not shown as public', async () => {
  const java = (name: string, words: string): Record<string, string> => {
    const parts = `org.orbit.${name}`.split('.')
    const type = parts.pop() ?? ''
    const text = `package ${parts.join('.')};\n\n/** ${words} */\npublic class ${type} { public void go() {} }\n`
    return { [`src/main/java/${parts.join('/')}/${type}.java`]: text }
  }
  const texts = {
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>',
    ...java('Plan', 'Plans flights.'),
    ...java('lists.Lists', 'Makes rows of plans.'),
    ...java('draw.Sheet', 'Draws plans.'),
  }
  const shown = await overviewOf(texts)
  const rows = (text: string): string[] => [...text.matchAll(/^\| class `(\w+)`/gm)].map(([, name = '']) => name).sort()
  assert.deepEqual(rows(shown), ['Lists', 'Plan', 'Sheet'])
  const module =
    'module org.orbit {\n    exports org.orbit;\n    exports org.orbit.draw;\n    exports org.orbit.lists to org.orbit.other;\n}\n'
  assert.deepEqual(rows(await overviewOf({ ...texts, 'module-info.java': module })), ['Plan', 'Sheet'])
  assert.deepEqual(rows(await overviewOf({ ...texts, 'src/main/java/module-info.java': module })), ['Plan', 'Sheet'])
  assert.deepEqual(rows(await overviewOf({ ...texts, 'module-info.java': 'module org.orbit {\n}\n' })), [
    'Lists',
    'Plan',
    'Sheet',
  ])
  const bundle = (packages: string): string =>
    `<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId>\n<Export-Package>\n  ${packages}\n</Export-Package>\n</project>`
  const bundled = { ...texts, 'pom.xml': bundle('org.orbit,\n  org.orbit.lists') }
  assert.deepEqual(rows(await overviewOf(bundled)), ['Lists', 'Plan'])
  assert.deepEqual(rows(await overviewOf({ ...texts, 'pom.xml': bundle('org.orbit.*') })), ['Lists', 'Plan', 'Sheet'])
  const parent = bundle('org.orbit').replace('</groupId>', '</groupId><packaging>pom</packaging>')
  const commented = bundle('<!-- org.orbit.draw, -->org.orbit, org.orbit.lists')
  assert.deepEqual(
    rows(await overviewOf({ ...texts, 'pom.xml': commented })),
    ['Lists', 'Plan'],
    'a comment is no list',
  )
  const moved = Object.fromEntries(Object.entries(bundled).map(([path, text]) => [`core/${path}`, text]))
  const child =
    '<project><parent><groupId>org.orbit</groupId><artifactId>orbit</artifactId></parent><artifactId>core</artifactId></project>'
  const inherited = { ...moved, 'pom.xml': parent, 'core/pom.xml': child }
  assert.deepEqual(rows(await overviewOf(inherited)), ['Plan'], 'the parent says it')
  // The module says it for the compiler.
  assert.deepEqual(rows(await overviewOf({ ...bundled, 'module-info.java': module })), ['Plan', 'Sheet'])
})

test('C#, Java and Swift keep names from users by attributes, and a member of what is hidden is hidden', async () => {
  const sharp = await overviewOf({
    'src/Orbit.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Orbit</PackageId></PropertyGroup></Project>',
    'src/Plan.cs':
      'using System.ComponentModel;\nnamespace Orbit;\n/// <summary>Plans flights.</summary>\npublic class Plan { public int Go() => 1; }\n/// <summary>Burns.</summary>\n[EditorBrowsable(EditorBrowsableState.Never)]\npublic class Engine { public class Part {} }\n/// <summary>Draws plans.</summary>\n[EditorBrowsable(EditorBrowsableState.Always)]\npublic class Sheet { public int Go() => 1; }\n',
  })
  assert.match(sharp, /class `Plan`/)
  assert.match(sharp, /class `Sheet`/)
  assert.doesNotMatch(sharp, /Engine|`Part`/)
  const java = await overviewOf({
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>',
    'src/main/java/org/orbit/Plan.java':
      'package org.orbit;\n\n/** Plans flights. */\npublic class Plan { public void go() {} }\n',
    'src/main/java/org/orbit/Engine.java':
      'package org.orbit;\n\n/** Burns. */\n@API(status = API.Status.INTERNAL)\npublic class Engine { public void go() {} }\n',
    'src/main/java/org/orbit/Motor.java':
      'package org.orbit;\n\n/**\n * Turns.\n *\n * @hidden\n */\n// CHECKSTYLE:OFF\npublic class Motor { public void go() {} }\n',
    'src/main/java/org/orbit/Old.java':
      'package org.orbit;\n\n/** Plans old flights. */\n@Deprecated\npublic class Old { public void go() {} }\n',
  })
  assert.match(java, /class `Plan`/)
  assert.doesNotMatch(java, /Engine|Motor/)
  assert.doesNotMatch(java, /\| class `Old`/)
  assert.match(java, /^- `Plan`: Plans flights\.\n- `Old`: Deprecated\. Plans old flights\.\s*$(?![\s\S])/m)
})

test('the list of a file leaves out what is hidden, and has what is deprecated at the end, marked', async () => {
  const words = ' * It takes what comes, and plans it at once.\n'.repeat(300)
  const names = ['first', 'second', 'third', 'fourth', 'fifth']
  const functions = names.map(
    (name) =>
      `/**\n * Plans the ${name} flight of a day.\n${words} */\nexport function ${name}(of: number): number { return of }\n`,
  )
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"index.js"}',
    'index.ts': `/**\n * Plans old flights.\n * @deprecated Use first.\n */\nexport function old(of: number): number { return of }\n${functions.join('')}/** For internal use only. */\nexport function engine(): void {}\n`,
    'other.ts': "import { first } from './index.ts'\n\n/** Starts. */\nexport const start = (): number => first(1)\n",
  })
  const page = [...pages.values()].find((text) => text.startsWith('# `index.ts`')) ?? ''
  const rows = [...page.matchAll(/^\| `(\w+)` \| function \| ([^|]*) \|$/gm)]
  assert.deepEqual(
    rows.map(([, name]) => name),
    [...names, 'old'],
  )
  assert.match(rows.at(-1)?.[2] ?? '', /^Deprecated\./)
  assert.doesNotMatch(pages.get('overview.md') ?? '', /engine/)
  const inner = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"other.js"}',
    'index.ts': `/**\n * Plans.\n *\n * For internal use only.\n */\n\nimport { start } from './other.ts'\n\n${functions.join('')}`,
    'other.ts': '/** Starts. */\nexport const start = (): number => 1\n',
  })
  const own = [...inner.values()].find((text) => text.startsWith('# `index.ts`')) ?? ''
  assert.match(own, /^\| `first` \| function \|/m)
})

test('API pages of Python that list names of a module leave the others out, and a module may call itself private', async () => {
  const texts = withManual({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'docs/api.rst':
      'API\n===\n\n.. automodule:: orbit.core\n    :members: Planner\n\n.. automodule:: orbit.whole\n    :members:\n',
    'orbit/__init__.py': 'from .core import passed\n\n__all__ = ["passed"]\n',
    'orbit/core.py':
      'class Planner:\n    """Plans flights to other bodies."""\n\n\nclass Burner:\n    """Burns what is left of it."""\n\n\ndef passed():\n    """Passed on to all users."""\n',
    'orbit/whole.py': 'class Whole:\n    """Whole and documented."""\n',
    'orbit/inner.py':
      '"""Tools.\n\nThis module is treated as private API.\n"""\n\n\nclass Inner:\n    """Within it."""\n',
  })
  const pages = await pagesOf(texts)
  const text = `${pages.get('overview.md') ?? ''}\n${pages.get('public-api.md') ?? ''}`
  assert.match(text, /`passed`/)
  assert.doesNotMatch(text, /Burner|Inner/)
})

test('a name that `__init__.py` only has as a part of another is not re-exported by it', async () => {
  const texts = withManual({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'docs/api.rst': 'API\n===\n\n.. automodule:: orbit.core\n    :members: Planner\n',
    'orbit/__init__.py': '"""An explanation of it."""\nfrom .core import Planner\n',
    'orbit/core.py':
      'class Planner:\n    """Plans flights to other bodies."""\n\n\ndef plan():\n    """Burns what is left of it."""\n',
  })
  const overview = await overviewOf(texts)
  assert.match(overview, /Planner/)
  assert.doesNotMatch(overview, /Burns what/)
})

test('many names and directives of API pages take linear time', () => {
  const count = 20_000
  const names = Array.from({ length: count }, (_, n) => `fun_${n}`)
  const source = file('orbit/core.py', null)
  const directives = names.map((name) => `.. automodule:: orbit.core\n   :members: of_${name}\n\n`)
  const documents = Array.from({ length: 10 }, (_, n) =>
    file(`docs/a${n}.rst`, directives.slice(n * 2_000, (n + 1) * 2_000).join('')),
  )
  const components = names.map((name) => component(source, name, { startLine: 1, endLine: 1 }))
  const files = new Map([source, ...documents].map((one) => [one.path, one]))
  const writing = { repo: { files }, analysis: { exports: {} } } as unknown as Writing
  const before = process.cpuUsage()
  assert.ok(components.every((one) => isLeftOut(writing, one)))
  const { user } = process.cpuUsage(before)
  assert.ok(user < 5_000_000, `${user} µs`)
})

test('re-exports of Rust that are hidden are not shown, and a private module is not what a function of its name means', async () => {
  const text = await overviewOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      '//! Plans.\n\nmod engine;\nmod plan;\nmod sheet;\n\npub use crate::plan::plan;\npub use crate::sheet::Sheet;\n\n#[doc(hidden)]\npub use {engine::Motor, engine::burn};\n',
    'src/plan.rs': 'use super::*;\n\n/// Plans one flight.\npub fn plan() {}\n',
    'src/sheet.rs': '/// Draws.\npub struct Sheet;\n',
    'src/engine.rs': '/// Burns.\npub fn burn() {}\n/// Turns.\npub struct Motor;\n',
  })
  const api = apiOf(text)
  assert.match(api, /`use orbit::Sheet;`[\s\S]*\n- `plan`: Plans one flight\.\n/)
  assert.doesNotMatch(api, /burn|Motor|orbit::plan/)
})

test('a public method that its comment calls internal is among the internal members, and a tag for tools is no word', async () => {
  const pages = await pagesOf({
    'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
    'src/Plan.php':
      '<?php\nnamespace Orbit;\n\n/** Plans a flight. */\nfinal class Plan\n{\n    /**\n     * Goes to a body.\n     *\n     * @pure\n     */\n    public function go(): void {}\n\n    /**\n     * @internal\n     *\n     * @pure\n     */\n    public static function ofParts(): self { return new self(); }\n}\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^#{2,4} `Plan::go`$/m)
  assert.doesNotMatch(all, /^#{2,4} `Plan::ofParts`$/m)
  assert.match(all, /<summary>1 internal or hidden member<\/summary>\n\nAlso defined here: `ofParts`$/m)
  assert.doesNotMatch(all, /Pure/)
})

test('a class that its comment calls internal is marked, and stands below the others of its file', async () => {
  const pages = await pagesOf({
    'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Orbit\\\\":"src/"}}}',
    'src/Plan.php':
      '<?php\nnamespace Orbit;\n\n/**\n * Keeps burns.\n *\n * @no-named-arguments Names may change.\n *\n * @internal\n */\nfinal class Burns {}\n\n/** Plans a flight. */\nfinal class Plan {}\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(
    all,
    /^Plans a flight\.\n\nClass in [^\n]*(?<!internal)$[\s\S]*^Keeps burns\.\n\nClass in [^\n]* · marked as internal or hidden$/m,
  )
  assert.doesNotMatch(all, /Names may change/)
})

test('a class with nothing in it that nothing uses is not public, one that is annotated or used is', async () => {
  const folder = 'src/main/java/org/orbit'
  const text = await overviewOf({
    'pom.xml': '<project><groupId>org.orbit</groupId><artifactId>orbit</artifactId></project>',
    [`${folder}/Javadoc.java`]:
      'package org.orbit;\n\n/**\n * Created by sam on 10/8/14.\n */\npublic class Javadoc {\n}\n',
    [`${folder}/Setup.java`]: 'package org.orbit;\n\n@Module\npublic class Setup {\n}\n',
    [`${folder}/Mark.java`]: 'package org.orbit;\n\npublic class Mark {\n}\n',
    [`${folder}/Plan.java`]:
      'package org.orbit;\n\n/** Plans. */\npublic class Plan {\n  /** Marks it. */\n  public Mark mark() { return new Mark(); }\n}\n',
  })
  assert.match(text, /\n- `Plan`: `mark\(\)`\n\n`Setup`, `Mark`\n/)
  assert.doesNotMatch(text, /`Javadoc`/)
})

test('properties in the head of a class of Kotlin are no internal members, nor is a parameter that it lacks', async () => {
  const pages = await pagesOf({
    'build.gradle.kts': 'plugins { kotlin("jvm") }\n',
    'src/main/kotlin/org/orbit/Plan.kt': `package org.orbit

/**
 * Plans flights.
 * @param body what is orbited
 */
class Plan(private val size: Int) {
  private val kept = 1

  /**
   * Burns fuel.
   * @param much
   * @return
   */
  fun burn(much: Int): Int = kept
}

/**
 * Flies around.
 * @param size in metres
 */
class Probe(private val size: Int)
`,
  })
  const page = [...pages.values()].join('\n')
  assert.match(page, /<summary>1 internal or hidden member<\/summary>\n\nAlso defined here: `kept`/)
  assert.equal(page.split('internal or hidden member').length, 2)
  assert.match(page, /\| `size` \| `Int` \| in metres \|/)
  assert.doesNotMatch(page, /what is orbited|\| `much`|\*\*Returns/)
})

test('an override of Kotlin is as visible as what it overrides, unless it says otherwise', async () => {
  const pages = await pagesOf({
    'build.gradle.kts': 'plugins { kotlin("jvm") }\n',
    'src/main/kotlin/org/orbit/Plan.kt': `package org.orbit

/** A plan. */
public abstract class Plan {
  internal abstract fun emit(): Int
  /** Burns. */
  public abstract fun burn(): Int
}

/** Lasts for weeks. */
public class LongPlan : Plan() {
  override fun emit(): Int = 1
  override fun burn(): Int = 2
}
`,
  })
  const page = [...pages.values()].join('\n')
  const entry = page.split('### `LongPlan`')[1]?.split(/^#{1,3} /m)[0] ?? ''
  const [shown = '', internal = ''] = entry.split('internal or hidden member')
  // A short body may do something else than what it overrides, so that no words tell of it.
  assert.match(shown, /^- `override fun burn\(\): Int`$/m)
  assert.doesNotMatch(shown, /emit/)
  assert.match(internal, /Also defined here: `emit`/)
  assert.doesNotMatch(internal, /burn/)
})
