/** Made-up jobs and a made-up document set, as varied as real ones. */

import { renderMarkdown } from '#markdown/render.ts'
import type { JobView, ShownEvent, Status } from '#queue/contract.ts'
import { buildSearch, type SearchablePage, type SearchableSymbol } from '#search/build-index.ts'
import type { Manifest, TreeNode } from '#store/model.ts'

export const NO_COUNTS: Record<Status, number> = { queued: 0, processing: 0, completed: 0, failed: 0 }

const COMMIT = '3f9c2ab81d5e7740cfe6d1c7a9b0e84d5a6f1c02'

export function fakeJob(changes: Partial<JobView> = {}): JobView {
  const status = changes.status ?? 'completed'
  const base: JobView = {
    job_id: 'acme--orbit',
    repo_url: 'https://github.com/acme/orbit',
    status,
    created_at: '2026-10-02T09:14:03.120Z',
    submitted_at: '2026-10-02T09:14:03.120Z',
    started_at: status === 'queued' ? null : '2026-10-02T09:14:04.001Z',
    completed_at: status === 'completed' || status === 'failed' ? '2026-10-02T09:14:31.870Z' : null,
    progress:
      status === 'completed'
        ? '24 pages on 1204 definitions and 3911 references between them'
        : 'Reading src/dynamics/kepler.ts',
    stage: status === 'processing' ? 'analyse' : null,
    percent: status === 'completed' ? 100 : status === 'processing' ? 52 : 0,
    queue_position: status === 'queued' ? 4 : null,
    error_message: null,
    error_code: null,
    hint: null,
    docs_path: '/static-docs/acme--orbit/',
    main_model: 'offline',
    options: {},
    spend: null,
    degraded: null,
    commit_id: null,
    resolved_commit: COMMIT,
    documented_at: '2026-10-02T09:14:31.870Z',
    commit_on_ref: true,
    priority: 5,
    follow_up: false,
    callbacks: [],
    attempt: 0,
    stalls: 0,
    epoch: 1,
    rev: 7,
  }
  return { ...base, ...changes }
}

export function fakeJobs(): JobView[] {
  const none = { docs_path: null, resolved_commit: null }
  return [
    fakeJob({
      job_id: 'gitlab.com--gnome--libs--a-rather-long-name',
      repo_url: 'https://gitlab.com/gnome/libs/a-rather-long-name-of-a-library-that-wraps',
      status: 'queued',
      progress: 'Waiting for a worker',
      ...none,
    }),
    fakeJob({
      job_id: 'pallets--flask',
      repo_url: 'https://github.com/pallets/flask',
      status: 'processing',
      stalls: 1,
      commit_id: 'v3.1.0',
      ...none,
    }),
    fakeJob(),
    fakeJob({
      job_id: 'acme--private',
      repo_url: 'https://github.com/acme/private',
      status: 'failed',
      progress: 'Failed',
      error_code: 'REPO_NOT_FOUND',
      error_message: 'The host has no public repository at https://github.com/acme/private.',
      hint: 'Check the address; a private repository needs a token in DOCSPOOL_GIT_TOKENS.',
      attempt: 1,
      ...none,
    }),
    fakeJob({
      job_id: 'acme--stopped',
      repo_url: 'https://github.com/acme/stopped',
      status: 'failed',
      progress: 'Cancelled',
      error_code: 'CANCELLED',
      error_message: 'The job was cancelled.',
      ...none,
    }),
  ]
}

/** The log of a claim that was interrupted. */
export function fakeLog(): ShownEvent[] {
  const at = (second: number): string => `2026-10-02T09:14:${String(second).padStart(2, '0')}.120Z`
  const step = (second: number, stage: string, percent: number, text: string): ShownEvent => ({
    ...{ type: 'progress', at: at(second), stage, percent, text },
  })
  return [
    step(4, 'clone', 1, 'Fetching acme/orbit'),
    step(5, 'clone', 12, 'Received 1,204 of 3,911 objects'),
    step(6, 'inventory', 18, 'Taking stock of 50 files'),
    {
      type: 'log',
      at: at(7),
      level: 'warn',
      text: 'src/data/ephemeris.generated.ts is larger than 1024 KiB and was skipped.',
    },
    step(8, 'analyse', 30, 'Reading src/dynamics/kepler.ts'),
    step(
      9,
      'analyse',
      52,
      'Reading bindings/python/orbit/_a_module_with_a_rather_long_name_that_does_not_break_anywhere.py',
    ),
    { type: 'log', at: at(11), level: 'error', text: 'Process group 4711 of the job did not exit.\nIt was killed.' },
    { type: 'end', at: at(12), status: 'queued', error: null },
  ]
}

const OVERVIEW = `# orbit

Orbit computes transfer orbits between two bodies. It is a small library with a command, and everything in it passes
through one type, [\`State\`](bodies.md#state).

TypeScript, 41 files, 6,200 lines · Python bindings, 9 files, 800 lines · MIT

## At a glance

\`\`\`mermaid
graph LR
  planner["planner"] --> dynamics["dynamics"]
  planner --> bodies["bodies"]
  dynamics --> bodies
  cli["cli"] --> planner
  python["bindings#47;python #60;x#62;"] --> planner
\`\`\`

| module | contents | files | start with |
| --- | --- | ---: | --- |
| [**planner**](planner.md) | Plans of flights: from two orbits to a list of burns | 12 | [\`Planner.plan\`](planner.md#plannerplan) |
| [**dynamics**](dynamics.md) | Two-body motion, propagation, events | 9 | [\`propagate\`](dynamics.md) |
| [**bodies**](bodies.md) | The catalogue of planets and moons, loaded from \`data/*.json\` | 4 | \`earth\`, \`loadCatalogue\` |

## Where it starts

- The command \`orbit\` (\`package.json\` → \`bin\`) runs [\`cli/main.ts#main\`](https://github.com/acme/orbit/blob/${COMMIT}/cli/main.ts#L1-L20), which reads the arguments, calls \`Planner.plan\` and prints a table or JSON.
- As a library: \`src/index.ts\` exports 14 names; most used inside are \`Body\` (31 places) and \`State\` (28).

## To build, run and test

\`\`\`sh
npm run build        # tsc
npm test             # node --test, 212 tests in 18 files
\`\`\`

> CI runs both on Node 20 and 22.

## Notes for readers

1. \`bodies/body.ts\`: the type that everything passes around.
2. \`dynamics/kepler.ts\`: the solver; 40 % of all calls end here.

- [x] read
- [ ] understood
`

const member = (index: number): string => `### method \`Planner.step${index}\`

Plans one leg of a flight. The window is searched from both ends, so that it ends in \`O(log n)\`.

\`\`\`ts
step${index}(from: State, to: State, options: PlanOptions = { iterations: ${index}, tolerance: 1e-9 }, signal?: AbortSignal): Promise<ReadonlyMap<string, Burn[]>>
\`\`\`

[Lines ${index} to ${index + 9}](https://github.com/acme/orbit/blob/${COMMIT}/src/plan.ts#L${index}) · used by [\`main\`](cli.md)
`

const PLANNER = `# planner

Plans flights: given two orbits, the burns that lead from one to the other.

4 files, 910 lines · uses **dynamics** (23 references), **bodies** (9) · used by **cli** (6)

## class \`Planner\`

Plans one flight at a time; keeps nothing between calls.

| member | what it does |
| --- | --- |
| \`plan(from: State, to: State, options?: PlanOptions): Burn[]\` | Burns in order of time, delta-v in m/s. Throws \`NoTransfer\` when the orbits never come near. Calls \`solveLambert\`, \`checkBudget\` |
| \`estimate(from: State, to: State): number\` | Lower bound of delta-v, in m/s |

\`\`\`ts
/** One flight. */
export class Planner extends Emitter<PlanEvents> {
  #bodies = new Map<string, Body>() // by name

  plan(from: State, to: State, options: PlanOptions = {}): Burn[] {
    if (from.epoch > to.epoch) throw new NoTransfer(\`expected \${from.epoch} before \${to.epoch}\`)
    return this.search(from, to, { tolerance: 1e-9, ...options }).map((leg) => leg.burn)
  }
}
\`\`\`

## How a plan comes about

\`\`\`mermaid
sequenceDiagram
  participant p1 as main
  participant p2 as Planner
  participant p3 as lambert
  p1->>p2: plan
  p2->>p3: solveLambert
\`\`\`

<details>
<summary>Legend</summary>

1. [\`main\`](cli.md)
2. [\`Planner\`](#class-planner)
3. lambert

</details>

A diagram that is none:

\`\`\`mermaid
graph TD; A-->
\`\`\`

## Members

${Array.from({ length: 14 }, (_, index) => member(index + 1)).join('\n')}

## Environment

Reads \`ORBIT_MAX_ITER\` (\`lambert.ts\` line 12, default 60)[^1].

[^1]: As of this commit.
`

const HOSTILE_DIAGRAMS = `# hostile

\`\`\`mermaid
%%{init: {"themeCSS": "* { background: url(https://evil.example/a) }", "fontFamily": "x; } * { background: url(https://evil.example/b) }"}}%%
graph TD; a --> b
\`\`\`

\`\`\`mermaid
---
config:
  securityLevel: loose
  htmlLabels: true
  themeVariables:
    primaryColor: "red; } * { background: url(https://evil.example/c)"
---
graph TD; a["<img src=x onerror='window.pwned = 1'>"] --> b["<script>window.pwned = 1</script>"]
\`\`\`

\`\`\`mermaid
graph TD
  a --> b
  click a "javascript:window.pwned = 1"
  click b call window.eval("pwned = 1")
\`\`\`

\`\`\`mermaid
graph TD
  a["<img src='https://evil.example/d.png'>"] --> b
  style a fill:url(https://evil.example/e)
  classDef c background:url(https://evil.example/f)
  class b c
\`\`\`

\`\`\`mermaid
sequenceDiagram
  participant A as <svg onload="window.pwned = 1">
  A->>B: <iframe srcdoc="<script>top.pwned = 1</script>">
\`\`\`
`

const small = (title: string): string => `# ${title}\n\nFiles of ${title}.\n`

const LONG = new Map([
  ['overview.md', OVERVIEW],
  ['planner.md', PLANNER],
  ['hostile.md', HOSTILE_DIAGRAMS],
])

const symbol = (name: string, page: string, anchor: string, changes: Partial<SearchableSymbol> = {}) => ({
  ...{ name, kind: 'method', file: 'src/plan.ts', line: 18, page, anchor, doc: null, isPublic: true },
  ...{ standing: 'own' as const, uses: 0 },
  ...changes,
})

const SYMBOLS: SearchableSymbol[] = [
  symbol('BackgroundWorker', 'dynamics.md', 'dynamics', { kind: 'class', file: 'src/worker.ts', doc: 'Works unseen.' }),
  symbol('solve_lambert_problem', 'planner-lambert.md', 'lambert', { kind: 'function', file: 'src/lambert.py' }),
  symbol('Planner.step7', 'planner.md', 'method-planner-step7', { doc: 'Plans the seventh leg.' }),
]

/** A set of a dozen pages, two of them long. */
export function fakeSet(): { manifest: Manifest; html: Map<string, string>; files: Map<string, string> } {
  const children: TreeNode[] = ['lambert', 'budget', 'windows'].map((name) => ({
    title: name,
    file: `planner-${name}.md`,
    children: name === 'windows' ? [{ title: 'grid search', file: 'planner-windows-grid.md', children: [] }] : [],
  }))
  const tree: TreeNode[] = [
    { title: 'planner', file: 'planner.md', children },
    { title: 'hostile', file: 'hostile.md', children: [] },
    ...['dynamics', 'bodies', 'cli', 'bindings/python'].map((title) => ({
      title,
      file: `${title.replace('/', '-')}.md`,
      children: [{ title: `${title}/internal`, file: `${title.replace('/', '-')}-internal.md`, children: [] }],
    })),
  ]
  const sources = new Map<string, { title: string; markdown: string }>()
  const left: TreeNode[] = [{ title: 'orbit', file: 'overview.md', children: [] }, ...tree]
  for (let node = left.shift(); node !== undefined; node = left.shift()) {
    const markdown = LONG.get(node.file) ?? small(node.title)
    sources.set(node.file, { title: node.title, markdown })
    left.unshift(...node.children)
  }
  const html = new Map<string, string>()
  const searchable: SearchablePage[] = []
  const pages = [...sources].map(([file, { title, markdown }]) => {
    const rendered = renderMarkdown(markdown)
    html.set(file, rendered.html)
    searchable.push({ file, title, standing: 'own', headings: rendered.headings, sections: rendered.sections })
    return {
      file,
      title,
      module: file === 'overview.md' ? null : title,
      html: file.replace(/\.md$/, '.html'),
      headings: rendered.headings,
      diagrams: rendered.diagrams,
    }
  })
  const manifest: Manifest = {
    version: 1,
    key: 'k'.repeat(32),
    repo_url: 'https://github.com/acme/orbit',
    name: 'orbit',
    full_name: 'acme/orbit',
    commit: COMMIT,
    commit_url: `https://github.com/acme/orbit/commit/${COMMIT}`,
    committed_at: '2026-10-02T08:00:00.000Z',
    main_model: 'offline',
    generator_version: '0.1.0',
    statistics: { files: 50, lines: 7_000, components: 1_204, edges: 3_911, modules: 11, pages: pages.length },
    files: [],
    pages,
    tree,
  }
  const files = new Map([...sources].map(([file, { markdown }]) => [file, markdown]))
  files.set('search.json', buildSearch(searchable, SYMBOLS))
  files.set('llms.txt', '# acme/orbit\n')
  return { manifest, html, files }
}
