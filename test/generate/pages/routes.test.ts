import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Artifact } from '#generate/model.ts'
import { overviewOf } from './real-sample.ts'
import { component, document, file, sample } from './sample.ts'

const app = file('src/web/app.ts', 'export function show() {}\nserver.get("/x/:id", show)\nserver.get("/y", () => 1)\n')
const other = file('src/core/run.ts', 'export function run() {}\n')

test('a module with routes has a section with links to their lines and handlers; others have none', () => {
  const { inventory, analysis } = sample(
    [app, other],
    [component(app, 'show', { doc: 'Answers with one body.' }), component(other, 'run')],
  )
  const route = (name: string, line: number): Artifact => ({
    id: `${app.path}#${name}`,
    kind: 'route',
    name,
    file: app.path,
    startLine: line,
    endLine: line,
    detail: 'Express',
  })
  const artifacts = {
    nodes: [route('GET /x/:id', 2), route('GET /y', 3)],
    edges: [{ from: `${app.path}#GET /x/:id`, to: `${app.path}#show`, kind: 'runs' as const }],
  }
  const { pages, verification } = document({ inventory, analysis: { ...analysis, artifacts } })
  const withRoutes = pages.filter((page) => page.markdown.includes('## Routes'))
  assert.equal(withRoutes.length, 1)
  const rows = withRoutes[0]?.markdown.split('\n').filter((line) => line.includes('| Express |')) ?? []
  assert.equal(rows.length, 2)
  assert.match(rows[0] ?? '', /^\| \[`GET \/x\/:id`\]\(\S+app\.ts\S*#L2\S*\) \| \[`show`\]\(#show\) \| Express \|$/)
  assert.match(rows[1] ?? '', /^\| \[`GET \/y`\]\(\S+app\.ts\S*#L3\S*\) \| \S*app\.ts, line 3 \| Express \|$/)
  assert.equal(verification.fault_count, 0)
})

test('the overview names the files with routes, not those of the framework itself', () => {
  const { inventory, analysis } = sample([app, other], [component(app, 'show'), component(other, 'run')])
  const overviewWith = (detail: string): string => {
    const nodes = ['GET /a', 'GET /b', 'GET /c'].map((name): Artifact => {
      return { id: `${app.path}#${name}`, kind: 'route', name, file: app.path, startLine: 2, endLine: 2, detail }
    })
    const { markdown } = document({ inventory, analysis: { ...analysis, artifacts: { nodes, edges: [] } } })
    return [...markdown.values()].join('\n')
  }
  assert.match(overviewWith('Express'), /^- Files that declare routes: \[`src\/web\/app\.ts`\]\([^)]*\)\.$/m)
  assert.doesNotMatch(overviewWith('Orbit'), /declare routes|## Routes/)
})

test('the root of the routes in the settings of Django leads', async () => {
  const paths = (prefix: string): string =>
    `from django.urls import path\nfrom . import views\n\nurlpatterns = [\n${['a', 'b', 'c'].map((one) => `    path("${prefix}${one}/", views.show),\n`).join('')}]\n`
  const files = {
    'orbit/settings.py': 'DEBUG = False\nROOT_URLCONF = "orbit.urls"\n',
    'orbit/urls.py': 'from django.urls import include, path\n\nurlpatterns = [path("", include("orbit.front.urls"))]\n',
    'orbit/front/urls.py': paths('front/'),
    'orbit/front/views.py': 'def show(request):\n    return None\n',
  }
  const overview = await overviewOf(files, 'sh', 'ls\n')
  assert.match(overview, /^- Files that declare routes: `orbit\/urls\.py`, `orbit\/front\/urls\.py`\.$/m)
  // The routes of a library are not where it starts.
  const library = {
    'pyproject.toml':
      '[project]\nname = "orbit"\nversion = "1.0.0"\n[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
    'orbit/__init__.py': 'def plan():\n    return 1\n',
  }
  const ofLibrary = await overviewOf({ ...files, ...library }, 'python', 'from orbit import plan\nplan()\n')
  assert.doesNotMatch(ofLibrary, /declare routes/)
})
