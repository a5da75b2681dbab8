/** The line of facts of an entry. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from '../real-sample.ts'

test('the version since which something exists is told unless it is a placeholder', async () => {
  const pages = await pagesOf({
    'app/plan.py':
      'def old():\n    """Finds the way of a probe.\n\n    .. versionadded:: 1.4\n    """\n\n\ndef new():\n    """Finds the burns of a probe.\n\n    .. versionadded:: NEXT\n    """\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^Function in [^\n]* · since 1\.4$/m)
  assert.doesNotMatch(all, /NEXT/)
})

test('a constant of Python that other code assigns is a variable, with the comment above it', async () => {
  const pages = await pagesOf({
    'app/plan.py':
      '# Can force a width. This is used by the test system\nWIDTH: int | None = None\n\n\n# Shown in every plan.\nHEIGHT = 2\n',
    'app/run.py': 'from app import plan\n\n\ndef run():\n    plan.WIDTH = 80\n    return plan.HEIGHT == 2\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /Can force a width\. This is used by the test system\n\nVariable in /)
  assert.match(all, /Shown in every plan\.\n\nConstant in /)
})

test('types that rename others, and functions that only give a value, are told by their signatures', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "exports": "./src/plan.ts"}\n',
    'src/plan.ts':
      "import {type Options as Options_} from 'ajv'\n\n/** How a schema is read. */\nexport type Options = Options_\n/** The former name. */\nexport type Other = Options\n",
    'src/Plan.scala':
      'package orbit\n\nobject Plan {\n  /** Whether it throws. */\n  def check: Boolean = true\n  def cert = null\n  def size(a: Int) = a + 1\n}\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^type Options = Options_$/m)
  assert.match(all, /^type Other = Options$/m)
  assert.match(all, /^def check: Boolean$/m)
  assert.match(all, /^- `def size\(a: Int\)`\n\nAlso defined here: `cert`$/m)
})

test('a comment that was pasted is told once: of the first type, and of what a method overrides', async () => {
  const pages = await pagesOf({
    'app/plan.py':
      'class Plan:\n    """Plans flights."""\n\n    def render(self):\n        """Renders the page."""\n        return 1\n\n\nclass Burn(Plan):\n    """Plans flights."""\n\n    def render(self):\n        """Renders the page."""\n        return self.land()\n\n    def land(self):\n        """Brings a probe down to the ground."""\n        return 3\n',
  })
  const page = [...pages.values()].find((one) => one.includes('## `Burn`')) ?? ''
  const [before = '', burn = ''] = page.split('## `Burn`')
  assert.match(before, /^Plans flights\.$[\s\S]*^Renders the page\.$/m)
  assert.doesNotMatch(burn, /Plans flights|Renders the page/)
  assert.match(burn, /^- \[?`def render\(self\)`(?:\]\([^)]*\))? \(overrides \[?`Plan\.render`/m)
})

test('a sentence on methods of one name in many files is that of a template', async () => {
  const files = (count: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `app/rules_${at}.py`,
        `class Rules${at}:\n    def rules(self, a):\n        """Gets the rules that apply to it."""\n        return ${at}\n`,
      ]),
    )
  const told = async (count: number): Promise<number> =>
    [...(await pagesOf(files(count))).values()].join('\n').split('Gets the rules that').length - 1
  assert.equal((await told(4)) > 0, true)
  assert.equal(await told(5), 0)
})

test('what many methods with the same comment override keeps it, and they all name it', async () => {
  const rules =
    '  /** Gets the rules that apply to it. */\n  rules(): string[] {\n    const all = []\n    all.push(plan())\n\n    return all\n  }\n'
  const files = Array.from({ length: 5 }, (_, at) => [
    `src/rules${at}.ts`,
    `import { Base, plan } from './base'\n/** Asks for ${at} flights of a probe. */\nexport class Rules${at} extends Base {\n${rules}}\n`,
  ])
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "exports": "./src/base.ts"}\n',
    'src/base.ts': `export const plan = () => 'a'\n/** Keeps rules for all flights. */\nexport class Base {\n${rules}}\n`,
    ...Object.fromEntries(files),
  })
  const all = [...pages.values()].join('\n')
  assert.equal(all.split('Gets the rules that').length - 1, 1)
  assert.equal(all.split('(overrides `Base.rules`)').length - 1, 5)
})

test('parameters in brackets are optional, and a type alone is of the parameter in its place', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "main": "./lib/send.js"}\n',
    'lib/send.js':
      '/**\n * Sends.\n *\n * @param {string|object} - What is sent.\n * @param {Boolean} [mask=false] Whether to mask.\n * @param {Function} [cb] Callback\n */\nfunction send(data, mask, cb) {\n  return [data, mask, cb]\n}\nmodule.exports = { send }\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^\| `data` \| `string\\?\|object` \| \| What is sent\. \|$/m)
  assert.match(all, /^\| `mask` \| `Boolean` \| `false` \| Whether to mask\. \|$/m)
  assert.match(all, /^\| `cb` \| `Function` \| \| Callback \(optional\) \|$/m)
})

test('a question is the description of an option', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "main": "./src/a.ts"}\n',
    'src/a.ts':
      '/** How a flight is planned by the program. */\nexport interface Settings {\n  /** Should legs be joined? Default is `true` */\n  joined: boolean\n}\n',
  })
  assert.match([...pages.values()].join('\n'), /^- .*joined.*boolean.*Should legs be joined\? Default is `true`/m)
})

test('a deprecated overload is not shown beside another, nor a comment that begins with the call of another function', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "exports": "./src/plan.ts"}\n',
    'src/plan.ts':
      '/** Plans one flight. */\nexport declare function plan(to: string): number\n/** @deprecated Use a name. */\nexport declare function plan(to: number): number\n',
    'orbit.h':
      '/* Keeps all burns. */\nstruct burns {\n  int at;\n};\n\n/* has_burn(all, at)\n *\n * Whether a burn is there. */\ntypedef int burn_at;\nint has_burn(int all, burn_at at);\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^plan\(to: string\): number$/m)
  assert.doesNotMatch(all, /to: number|Whether a burn is there/)
})

test('traits that a module under a condition implements have that condition', async () => {
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      '#[cfg(feature = "serde")]\nmod serde;\n\n/// Where a ship goes.\npub struct Course {\n    pub at: u8,\n}\n',
    'src/serde.rs':
      'use crate::Course;\n\nimpl Serialize for Course {\n    fn serialize(&self) -> u8 {\n        1\n    }\n}\n',
  })
  assert.match([...pages.values()].join('\n'), /implements for example `Serialize` \(`#\[cfg\(feature = "serde"\)\]`\)/)
})

test('a comment with tables that was pasted keeps its text beside them', async () => {
  const plan = (name: string): string =>
    `/// <summary>Plans a burn at the next node.</summary>\n/// <param name="at">Seconds from now.</param>\n${name}`
  const pages = await pagesOf({
    'src/Plans.cs': `namespace Orbit;\n\npublic interface IPlans\n{\n${plan('void Plan(int at);')}\n}\n\npublic class Plans : IPlans\n{\n${plan('public void Plan(int at) { Keep(at); }')}\n\npublic void Keep(int at) {}\n}\n`,
  })
  const all = [...pages.values()].join('\n')
  assert.equal(all.match(/^Plans a burn at the next node\.$/gm)?.length, 2)
})

test('the members of a type that is not exported are listed, not folded away', async () => {
  const users = Array.from(
    { length: 12 },
    (_, at) => `export function fly${at}(burns: Burns) {\n  burns.send(${at})\n}\n`,
  )
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "bin": "./src/plan.ts"}\n',
    'src/plan.ts': `/** Keeps burns. */\ninterface Burns {\n  /** Runs in the probe. */\n  send(at: number): void\n\n  /** Runs on the ground. */\n  read(at: number): void\n}\n\n${users.join('\n')}`,
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /^### `Burns`$[\s\S]*Runs on the ground\./m)
  assert.doesNotMatch(all, /internal or hidden member/)
})
