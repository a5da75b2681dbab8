import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs, packageOf, packagesOf } from './packages-of.ts'

test('pyproject.toml in the form of PEP 621, with extras and groups', async () => {
  const found = await packageOf({
    'pyproject.toml': `
[build-system]
requires = ["flit_core<4"]
[project]
name = "orbit-planner"
version = "1.0"
description = "Plans the burns."
license = { text = "MIT" }
dependencies = [
  "click>=8 ; python_version < '3.9'", # comment
  "kepler [fast] @ https://example.org/kepler.zip",
  "./here", "not a requirement",
]
[project.optional-dependencies]
socks = ["socksio==1.*"]
[project.scripts]
orbit = "orbit.cli : main [x]"
[dependency-groups]
test = ["pytest", { include-group = "test" }, { include-group = "docs" }]
docs = ["sphinx", { include-group = "test" }]
[tool.flit.module]
name = "orbit"
[tool."ruff".lint]
select = ["E"]
`,
    'src/orbit/__init__.py': 'x = 1\n',
    'src/other/__init__.py': 'x = 1\n',
  })
  assert.equal(found.name, 'orbit-planner')
  assert.equal(found.licence, 'MIT')
  assert.deepEqual(needs(found), [
    "click (python_version < '3.9')",
    'kepler',
    'socksio (optional socks)',
    'pytest (development test)',
    'sphinx (development docs)',
    'flit_core (build)',
  ])
  assert.deepEqual(found.programs, [{ name: 'orbit', runs: 'orbit.cli:main' }])
  assert.deepEqual(found.tools, ['flit', 'ruff'])
  assert.deepEqual(found.entries, [{ subpath: '.', file: 'src/orbit/__init__.py' }])
})

test("Poetry's tables: groups, extras, packages from a folder", async () => {
  const found = await packageOf({
    'pyproject.toml': `
[tool.poetry]
name = "orbit"
packages = [{ include = "orbit", from = "lib" }, { include = "orbit_tools", from = "lib" }]
[tool.poetry.dependencies]
python = "^3.9"
click = "^8"
lxml = { version = "5", optional = true }
[tool.poetry.extras]
xml = ["lxml"]
[tool.poetry.group.dev.dependencies]
pytest = "*"
[tool.poetry.dev-dependencies]
tox = "*"
[tool.poetry.scripts]
orbit = { reference = "orbit:main", type = "console" }
`,
    'lib/orbit/__init__.py': '',
    'lib/orbit_tools/__init__.py': '',
  })
  assert.deepEqual(needs(found), ['click', 'lxml (optional xml)', 'pytest (development dev)', 'tox (development dev)'])
  assert.deepEqual(found.programs, [{ name: 'orbit', runs: 'orbit:main' }])
  assert.deepEqual(found.entries, [
    { subpath: '.', file: 'lib/orbit/__init__.py' },
    { subpath: './orbit_tools', file: 'lib/orbit_tools/__init__.py' },
  ])
})

test('the module with the name of the package is the main one, wherever the manifest lists it', async () => {
  const { entries } = await packageOf({
    'pyproject.toml':
      '[project]\nname = "orbits"\n[tool.hatch.build.targets.wheel]\npackages = ["src/orbit", "src/orbits"]\n',
    'src/orbit/__init__.py': '',
    'src/orbits/__init__.py': '',
  })
  assert.deepEqual(
    entries.map(({ file }) => file),
    ['src/orbits/__init__.py', 'src/orbit/__init__.py'],
  )
})

test('setup.cfg and setup.py are read for their literals, a list of requirements where nothing else says it', async () => {
  const cfg = await packageOf({
    'setup.cfg': `[metadata]
name = orbit
version = attr: orbit.__version__
[options]
package_dir =
    = src
install_requires =
    click>=8
    kepler; python_version < "3.9"
[options.extras_require]
docs = sphinx
[options.entry_points]
console_scripts =
    orbit = orbit.cli:main
`,
    'setup.py': 'from setuptools import setup\nsetup()\n',
    'requirements.txt': 'pinned==1\n',
    'src/orbit/__init__.py': '',
  })
  assert.equal(cfg.manifest, 'setup.cfg')
  assert.equal(cfg.version, null)
  assert.deepEqual(needs(cfg), ['click', 'kepler (python_version < "3.9")', 'sphinx (development docs)'])
  assert.deepEqual(cfg.programs, [{ name: 'orbit', runs: 'orbit.cli:main' }])
  assert.deepEqual(cfg.entries, [{ subpath: '.', file: 'src/orbit/__init__.py' }])

  const setup = `import setuptools
REQUIRED = ["click", "kepler>1"]  # all
NAME = f"orbit{1}"
setuptools.setup(
    name="orbit", version=get_version(), install_requires=REQUIRED, py_modules=["orbit"],
    extras_require={"docs": ["sphinx"], ":python_version < '3.9'": ["old"], "all": docs + test, "one": "x"},
    entry_points={"console_scripts": ["orbit=orbit:main"]},
)
`
  const py = await packageOf({ 'setup.py': setup, 'orbit.py': 'x = 1\n' })
  assert.deepEqual(needs(py), [
    'click',
    'kepler',
    "old (python_version < '3.9')",
    'x (optional one)',
    'sphinx (development docs)',
  ])
  assert.deepEqual(py.programs, [{ name: 'orbit', runs: 'orbit:main' }])
  assert.deepEqual(py.entries, [{ subpath: '.', file: 'orbit.py' }])

  const about = {
    'setup.py':
      "import os\nabout = {}\nwith open(os.path.join(here, 'orbit', '__version__.py')) as f:\n    exec(f.read(), about)\nsetup(name=about['__title__'], version=about['__version__'], packages=['orbit'])\n",
    'orbit/__init__.py': '',
    'orbit/__version__.py': "__title__ = 'orbit-plans'\n__version__ = '1.2'\n",
  }
  const executed = await packageOf(about)
  assert.equal(`${executed.name} ${executed.version}`, 'orbit-plans 1.2')
  const other = await packageOf({ ...about, 'setup.py': about['setup.py'].replace('exec(', 'print(') })
  assert.equal(other.name, null)

  const computed = await packagesOf({
    'setup.py': 'setup(name="orbit", install_requires=open("requirements.txt").read().split())\n',
    'requirements.txt':
      '# all\ntomli; python_version < "3.11" # TODO; later\nkit # drop; it\nflat==1 ; python_version >= "3.8" \\\nold-1.0-py3.whl\nclick==8 \\\n    --hash=sha256:00\n-r more.txt\ngit+https://example.org/x.git#egg=kepler\n',
    'requirements-dev.txt': 'pytest\n',
  })
  assert.deepEqual(computed.map(needs), [
    [
      'tomli (python_version < "3.11")',
      'kit',
      'flat (python_version >= "3.8")',
      'click',
      'kepler',
      'pytest (development dev)',
    ],
    [],
  ])
})

test('a list that was compiled from another one is not what is asked for', async () => {
  const found = await packageOf({
    'requirements/base.in': 'django\n',
    'requirements/base.txt': 'asgiref==3 # via django\ndjango==5\n',
    'requirements/test.txt': 'pytest\n',
  })
  assert.deepEqual(needs(found), ['django (base)', 'pytest (development test)'])
})

test('what says so is private, and a file of settings is no package', async () => {
  const of = async (text: string): Promise<[string | null, boolean]> => {
    const { name, isPrivate } = await packageOf({ 'pyproject.toml': text })
    return [name, isPrivate]
  }
  assert.deepEqual(await of('[project]\nname = "a"\nclassifiers = ["Private :: Do Not Upload"]\n'), ['a', true])
  assert.deepEqual(await of('[project]\nname = "a"\n[tool.uv]\npackage = false\n'), ['a', true])
  assert.deepEqual(await of('[tool.ruff]\nline-length = 100\n'), [null, true])
  assert.deepEqual(await packagesOf({ 'setup.cfg': '[flake8]\nmax-line-length = 100\n' }), [])
})

test('a requirement with a marker is never one without, and one of an extra is optional', async () => {
  const long = `python_version < "3.11" and (${'platform_machine == "x86_64" or '.repeat(3)}sys_platform == "win32")`
  const project = await packageOf({
    'pyproject.toml': `
[build-system]
requires = []
[project]
name = "orbit"
dependencies = ["a", "b; extra == 'http'", 'c; ${long}']
`,
  })
  const [a, c, b] = needs(project)
  assert.deepEqual([a, b], ['a', 'b (optional http)'])
  assert.match(c ?? '', /^c \(python_version < "3\.11" and .{50,60}…\)$/)
  const dynamic = await packageOf({
    'pyproject.toml': `
[build-system]
requires = []
[project]
name = "orbit"
dynamic = ["dependencies", "optional-dependencies"]
[tool.setuptools.dynamic]
dependencies = { file = ["needs.txt"] }
[tool.setuptools.dynamic.optional-dependencies]
http = { file = ["http.txt"] }
`,
    'needs.txt': 'a>=1\nwin; sys_platform == "win32"\n',
    'http.txt': 'client\n',
  })
  assert.deepEqual(needs(dynamic), ['a', 'win (sys_platform == "win32")', 'client (optional http)'])
})

test('of several import packages the one named like the distribution is the main one, whichever the manifest names first', async () => {
  const found = await packageOf({
    'pyproject.toml':
      '[project]\nname = "orbits"\n[build-system]\nrequires = ["hatchling"]\n[tool.hatch.build.targets.wheel]\npackages = ["src/orbit", "src/orbits"]\n',
    'src/orbit/__init__.py': 'x = 1\n',
    'src/orbits/__init__.py': 'x = 1\n',
  })
  assert.deepEqual(found.entries, [
    { subpath: '.', file: 'src/orbits/__init__.py' },
    { subpath: './orbit', file: 'src/orbit/__init__.py' },
  ])
})
