import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manualRows } from '#generate/pages/readme/manual-rows.ts'
import { pagesOf } from './real-sample.ts'

const MANUAL = `API
===

.. highlight:: c

.. function:: plan_t *plan_new(int days)

   .. refcounting:: new

   Returns a new plan, see :func:\`plan_free()\`. *days* is described above.
   Initially, it is empty.

   More on plans.

.. c:function:: int plan_first(plan_t *plan)
                int plan_last(plan_t *plan,
                              int from)

   Returns a day of the plan.

.. type:: struct plan_t

   :deprecated: no

.. class:: orbit.Plan(days)

   Keeps days.

   .. method:: add(day)

      Adds a day.

   .. attribute:: days

.. function:: silent()

Text of another section.
`

test('directives of a manual describe the names of their signatures by the first paragraph below', () => {
  assert.deepEqual(
    [...manualRows(MANUAL)].map(([name, rows]) => [name, ...rows.map(({ owner, text }) => `${owner}: ${text}`)]),
    [
      ['plan_new', ': Returns a new plan, see ``plan_free()``. Initially, it is empty.'],
      ['plan_first', ': Returns a day of the plan.'],
      ['plan_last', ': Returns a day of the plan.'],
      ['Plan', 'orbit: Keeps days.'],
      ['add', 'Plan: Adds a day.'],
    ],
  )
})

const BODY = `.. c:function:: int plan_start(plan_t *plan, int days)

    Start the plan. \`days\` is at most 9.

    ::

        int plan_start();

    :param plan: A plan, which
        is changed.
    :returns: 0, or an error < 0.

    .. note::
        Does not wait, see :c:func:\`plan_now\`.

    +---+---+
    | a | b |
    +---+---+

    .. versionadded:: 1.2

.. c:enum:: plan_start

    What starts the plan of a flight.
`

test('all that a directive says of a definition is in its entry, unless two documents describe it', async () => {
  assert.equal(
    manualRows(BODY).get('plan_start')?.[0]?.body,
    'Start the plan. `days` is at most 9.\n\n**Note:** Does not wait, see ``plan_now``.\n\n- ``plan``: A plan, which is changed.\n\n**Returns:** 0, or an error < 0.',
  )
  const texts = {
    'docs/plan.rst': BODY,
    'include/plan.h':
      'typedef struct plan plan_t;\nint plan_start(plan_t *plan, int days);\nint plan_now(plan_t *plan);\n',
    'src/plan.c':
      '#include "plan.h"\nstruct plan { int a; };\nint plan_start(plan_t *plan, int days) { return plan_now(plan); }\nint plan_now(plan_t *plan) { return 0; }\n',
  }
  const all = [...(await pagesOf(texts)).values()].join('\n')
  assert.match(
    all,
    /\nStart the plan\. `days` is at most 9\.\n\n\*\*Note:\*\* Does not wait[\s\S]*\n- `plan`: A plan, [\s\S]*\n\(from `docs\/plan\.rst`\)/,
  )
  const more = { ...texts, 'docs/more.rst': BODY.replace('Start the plan', 'Begin the flight') }
  assert.doesNotMatch([...(await pagesOf(more)).values()].join('\n'), /\(from `docs/)
})

for (const [directive, name] of [
  ['cpp:class:: Orbit : public Base', 'Orbit'],
  ['cpp:class:: Orbit final : public Base', 'Orbit'],
  ['cpp:function:: void space::Orbit::plan(int days)', 'plan'],
  ['c:function:: void (*handler)(int)', 'handler'],
  ['class:: Model(**kwargs)', 'Model'],
  ['function:: call(*args)', 'call'],
  ['c:function:: int\\\n   plan(int)', 'plan'],
  ['py:data:: MAX: int = 5', 'MAX'],
  ['cpp:class:: template <typename T = int> Orbit', undefined],
] as const) {
  test(`a manual describes ${name} in ${directive}`, () => {
    assert.deepEqual(
      [...manualRows(`.. ${directive}\n\n   Plans an orbit.\n`).keys()],
      name === undefined ? [] : [name],
    )
  })
}

for (const line of [' a\n', '   ((((((((\n', '   ((((((((\\\n', '   abcd\n', '   )))) a\n']) {
  test(`a signature that never ends takes linear time: ${JSON.stringify(line)}`, () => {
    const start = performance.now()
    manualRows(`.. function:: f(\n${line.repeat(200_000 / line.length)}`)
    assert.ok(performance.now() - start < 2_000)
  })
}

test('the paragraph of a manual describes a function without a comment in its row and its entry', async () => {
  const pages = await pagesOf({
    'doc/api.rst': MANUAL,
    'include/plan.h':
      'typedef struct plan plan_t;\nplan_t *plan_new(int days);\nint plan_first(plan_t *plan);\n/** Counts days. */\nint plan_last(plan_t *plan, int from);\n',
    'src/plan.c':
      '#include "plan.h"\nstruct plan { int a; };\nplan_t *plan_new(int days) { return 0; }\nint plan_first(plan_t *plan) { return plan->a; }\nint plan_last(plan_t *plan, int from) { return plan->a; }\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /\| function `plan_new` \| Returns a new plan, see `plan_free\(\)`\. \|/)
  assert.match(
    all,
    /\nReturns a new plan, see `plan_free\(\)`\. Initially, it is empty\.\n\nMore on plans\.\n\n\(from `doc\/api\.rst`\)/,
  )
  assert.match(all, /\| function `plan_last` \| Counts days\. \|/)
})

const MODULES = `.. class:: Model(**kwargs)

   :param kwargs: The columns.

   A table of plans with one row for each flight.

   .. method:: save()

      Writes the row.

.. function:: save()

   Writes all of the plans.
`

test('a manual without a module means what the package exports, not its stub or a namesake in another module', async () => {
  const pages = await pagesOf({
    'setup.py': "from setuptools import setup\nsetup(name='orbit', py_modules=['orbit'], packages=['extra'])\n",
    'README.md': '# orbit\n\n```python\nfrom orbit import Model\nModel(a=1)\n```\n',
    'docs/api.rst': MODULES,
    'docs/signals.rst': '.. module:: extra.signals\n\n.. class:: Model()\n\n   Tells listeners of what is written.\n',
    'orbit.py': 'class Model:\n    def save(self, a):\n        return a\n',
    'orbit-stubs/__init__.pyi': 'class Model:\n    def save(self, a: int) -> int: ...\n',
    'extra/__init__.py': '',
    'extra/signals.py': 'import orbit\n\nclass Model(orbit.Model):\n    def send(self, a):\n        return a\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /```python\nclass Model\n```\n\nA table of plans with one row for each flight\.\n/)
  assert.match(all, /class Model\(orbit\.Model\)\n```\n\nTells listeners of what is written\.\n/)
  assert.equal([...all.matchAll(/^A table of plans/gm)].length, 1)
  assert.match(all, /`def save\(self, a\)`: Writes the row\./)
})

test('what a manual says of a method is not said of a function of the same name', async () => {
  const pages = await pagesOf({
    'docs/api.rst': '.. class:: Plan()\n\n   .. method:: match(term)\n\n      Finds the term in this plan.\n',
    'orbit.py': 'class Plan:\n    def go(self, a):\n        return a\n\ndef match(a, b):\n    return a\n',
  })
  assert.doesNotMatch([...pages.values()].join('\n'), /^Finds the term in this plan\./m)
})

test('a sentence of the README about the project describes no definition of that name in a small part of it', async () => {
  const handler =
    '<?php\nnamespace Orbit\\Plugins\\Parallel;\nfinal class Orbit {\n  public function handle(): void {}\n}\n'
  const others = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => [
    `src/${name}.php`,
    `<?php\nnamespace Orbit;\nclass ${name} {\n  public function run(): void {}\n}\n`,
  ])
  const pagesWith = async (path: string): Promise<string> => {
    const pages = await pagesOf({
      'composer.json': '{"name": "o/orbit", "autoload": {"psr-4": {"Orbit\\\\": "src/"}}}',
      'README.md':
        '# Orbit\n\nWelcome.\n\n- `Orbit`: An elegant framework to plan flights, with a focus on simplicity.\n',
      [path]: handler,
      ...Object.fromEntries(others),
    })
    return [...pages].flatMap(([name, text]) => (name.startsWith('src') ? [text] : [])).join('\n')
  }
  assert.match(await pagesWith('src/Orbit.php'), /^An elegant framework/m)
  assert.doesNotMatch(await pagesWith('src/Plugins/Parallel/Orbit.php'), /^An elegant framework/m)
})
