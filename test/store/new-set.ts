/** A small set to publish. */

import type { NewSet } from '#store/publish-set.ts'

export const newSet = (text: string): NewSet => ({
  manifest: {
    repo_url: 'https://github.com/a/b',
    name: 'b',
    full_name: 'a/b',
    commit: 'a'.repeat(40),
    commit_url: null,
    committed_at: '2026-01-01T00:00:00Z',
    main_model: 'offline',
    generator_version: '0.0.0',
    statistics: { files: 1, lines: 1, components: 1, edges: 0, modules: 0, pages: 1 },
    pages: [{ file: 'overview.md', title: 'b', module: null, html: 'overview.html', headings: [], diagrams: 0 }],
    tree: [],
  },
  files: new Map([['overview.md', text]]),
  html: new Map([['overview.html', `<p>${text}</p>`]]),
})
