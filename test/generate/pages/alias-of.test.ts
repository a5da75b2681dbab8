import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

test('a function that a module of Python lends from an object is told by its method', async () => {
  const pages = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'README.md': '# Orbit\n\n```python\nimport orbit\norbit.plan(1)\n```\n',
    'orbit/__init__.py':
      'class Planner:\n    """Holds what is known."""\n\n    def plan(self, legs):\n        """Plans the burns of a flight."""\n        return legs\n\n\n_shared = Planner()\nplan = _shared.plan\n__all__ = ["Planner", "plan"]\n',
  })
  assert.match(pages.get('overview.md') ?? '', /^\| variable \S+ \| Plans the burns of a flight\. \|$/m)
})

test('a constant that holds the result of a comparison is not told by the words of what it compares with', async () => {
  const pages = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'README.md': '# Orbit\n\n```python\nimport orbit\norbit.plan(1)\n```\n',
    'orbit/__init__.py':
      'def plan(legs):\n    """Plans the burns of a flight."""\n    return legs\n\n\nmain = plan\nis_default = main == plan\nis_other = main != plan\n__all__ = ["plan", "main", "is_default", "is_other"]\n',
  })
  const all = [...pages.values()].join('\n')
  assert.match(all, /main = plan\n```\n\nPlans the burns of a flight\.\n\n\(from `plan`\)/)
  assert.doesNotMatch(all, /[=!]= plan\n```\n\nPlans the burns/)
})

test('a constant that is another name of something documented is told by the words of that', async () => {
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","version":"1.0.0","main":"index.js"}',
    'README.md': "# Orbit\n\n```js\nimport { both, draw, plan } from 'orbit'\n\nplan(draw(both))\n```\n",
    'index.js':
      '/** Plans the burns of a flight. */\nfunction plan_(legs) { return legs }\n\n/** Draws what is planned. */\nfunction draw_(legs) { return legs }\n\nexport const plan = plan_\nexport const draw = draw_\nexport const both = draw_(1)\n',
    'lib.js': "import { plan, draw, both } from './index.js'\nplan(draw(both))\n",
  })
  const overview = pages.get('overview.md') ?? ''
  const row = (name: string): string =>
    overview.split('\n').find((line) => /^\| (?:constant|function) `/.test(line) && line.includes(`\`${name}\` |`)) ??
    ''
  assert.match(row('plan'), /Plans the burns of a flight\./)
  assert.match(row('draw'), /Draws what is planned\./)
  assert.doesNotMatch(row('both'), /Draws what is planned/)
  const all = [...pages.values()].join('\n')
  assert.match(all, /const draw = draw_\n```\n\nDraws what is planned\.\n\n\(from `draw_`\)/)
})

test('what a package exports under the name of a definition beside it is that definition, and told once', async () => {
  const pages = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'README.md': '# Orbit\n\n```python\nimport orbit\norbit.plan_gui(1)\n```\n',
    'orbit/__init__.py': 'from .gui import plan as plan_gui\n\n__all__ = ["plan_gui"]\n',
    'orbit/gui.py':
      'def plan_gui(legs):\n    """Plans the burns in a window."""\n    return legs\n\n\nplan = plan_gui\n',
  })
  const all = [...pages.values()].join('\n')
  assert.equal(all.match(/^#+ `plan_gui`$/gm)?.length, 1)
  assert.doesNotMatch(all, /named `plan` in the code/)
  assert.match(pages.get('overview.md') ?? '', /^\| function `plan_gui[^|]*\| Plans the burns in a window\. \|$/m)
})
