/** Operations that read documents. */

import { z } from 'zod'
import { DiffParameters } from '#http/diff.ts'
import { DiffAnswer } from '#http/diff-answer.ts'
import { DocsParameters, OverviewParameters } from '#http/docs.ts'
import { DocumentsAnswer, DocumentsParameters } from '#http/documents.ts'
import { JobId } from '#http/job-in-path.ts'
import { SearchAnswer } from '#http/search.ts'
import { SourceParameters } from '#http/source.ts'
import { BadgeParameters, VersionsAnswer } from '#http/versions/routes.ts'
import { EXAMPLE_SEARCH } from './examples.ts'
import {
  type Answer,
  Binary,
  Html,
  NOT_MODIFIED,
  type Operations,
  REPOSITORY_URL,
  SPOOL,
  Text,
  withETag,
} from './operation.ts'

const ERRORS = [...SPOOL, 'NO_DOCS', 'SET_DAMAGED'] as const

/** Errors of responses that a thread of the server generates. */
const SLOW = ['SERVER_BUSY', 'TOOK_TOO_LONG', 'SHUTTING_DOWN'] as const

/** Errors of comparisons. */
const COMPARISON = ['NO_SUCH_JOB', 'JOB_EXPIRED', 'OTHER_REPOSITORY', 'NO_PUBLIC_API', 'RATE_LIMITED'] as const

const ADDRESS = {
  address: z.string().meta({ description: 'host/owner/name', examples: ['github.com/pallets/flask'] }),
}

const SIDES = {
  before: JobId.meta({ description: 'The id of the job of the older version.' }),
  after: JobId.meta({ description: 'The id of the job of the newer version.' }),
}

const FILE = {
  description: 'A page; with `format=md` or `Accept: text/markdown`, its source. Other files are unchanged.',
  content: {
    'text/html': Html,
    'text/markdown': Text,
    'text/plain': Text,
    'application/json': z.unknown(),
    'application/octet-stream': Binary,
  },
  headers: ['ETag'],
} as const satisfies Answer
const PART = {
  ...FILE,
  description: 'The part requested by Range, for files of more than 1 MiB.',
  headers: [...FILE.headers, 'Content-Range'],
} as const

export const documentOperations = {
  'GET /api/diff/:before/:after': {
    id: 'compareDocuments',
    summary: 'Compare two versions',
    description:
      'Changes to what users of the repository depend on, each classified as breaking, unknown or compatible by the rules of its language. Both jobs must be of one repository.',
    path: SIDES,
    headers: ['If-None-Match'],
    answers: withETag('The changes.', { 'application/json': DiffAnswer }),
    errors: [...ERRORS, ...SLOW, ...COMPARISON],
  },
  'GET /diff/:before/:after': {
    id: 'showChanges',
    summary: 'Compare two versions, as a page, Markdown, JSON or a feed',
    path: SIDES,
    query: DiffParameters,
    headers: ['If-None-Match'],
    answers: withETag('A page, Markdown, JSON or an Atom feed.', {
      'text/html': Html,
      'text/markdown': Text,
      'application/json': DiffAnswer,
      'application/atom+xml': Text,
    }),
    errors: [...ERRORS, ...SLOW, ...COMPARISON],
    examples: [{ title: 'As Markdown', query: { format: 'md' } }],
  },
  'GET /docs/:host/:rest{.+}': {
    id: 'readVersion',
    summary: 'Read a page of a version',
    description:
      '`/docs/github.com/owner/name/` lists the versions; `…/3.0.0/overview.md` is a page of one. `latest` is the default branch, `stable` the highest release. A `/` in the name of a branch is written `%2F`.',
    path: {
      host: z.string().meta({ description: 'The host of the repository.', examples: ['github.com'] }),
      rest: z.string().meta({
        description: 'The repository, the version and the page.',
        examples: ['pallets/flask/latest/overview.md'],
      }),
    },
    query: OverviewParameters,
    headers: ['If-None-Match', 'Range', 'If-Range'],
    answers: {
      200: FILE,
      206: PART,
      302: { description: 'To the nearest page, if this version does not have it.', headers: ['Location'] },
      304: NOT_MODIFIED,
    },
    errors: [
      ...ERRORS,
      ...SLOW,
      'NO_VERSIONS',
      'NO_SUCH_VERSION',
      'NO_SUCH_PAGE',
      'RATE_LIMITED',
      'RANGE_NOT_SATISFIABLE',
    ],
    examples: [{ title: 'A page of the default branch' }],
  },
  'GET /api/versions/:address{.+}': {
    id: 'listVersions',
    summary: 'The versions of a repository with documents',
    path: ADDRESS,
    headers: ['If-None-Match'],
    answers: withETag('Versions.', { 'application/json': VersionsAnswer }),
    errors: [...SPOOL, 'NO_VERSIONS'],
    examples: [{ title: 'The versions' }],
  },
  'GET /api/documents': {
    id: 'chooseDocuments',
    summary: 'Choose the documents of a repository',
    description:
      'Returns the job whose documents represent the repository: that of the default branch, otherwise the newest of a branch or tag; with `revision`, that of a branch, a tag or a commit. Documents of a commit that is on no known branch or tag are found only by its full id.',
    query: DocumentsParameters,
    headers: ['If-None-Match'],
    answers: withETag('The job.', { 'application/json': DocumentsAnswer }),
    errors: [
      ...ERRORS,
      ...REPOSITORY_URL,
      ...(['NO_SUCH_JOB', 'NO_SUCH_VERSION', 'BAD_FIELD', 'UNKNOWN_FIELD', 'RATE_LIMITED'] as const),
    ],
    examples: [{ title: 'The documents of the default branch', query: { repo: 'https://github.com/pallets/flask' } }],
  },
  'GET /feed/:address{.+}': {
    id: 'followDocuments',
    summary: 'An Atom feed of the documents of a repository',
    description: 'The address ends with `.atom`.',
    path: {
      address: z.string().meta({ description: 'host/owner/name.atom', examples: ['github.com/pallets/flask.atom'] }),
    },
    headers: ['If-None-Match'],
    answers: withETag('A feed.', { 'application/atom+xml': Text }),
    errors: [...SPOOL, 'NO_VERSIONS'],
  },
  'GET /badge/:address{.+}': {
    id: 'showBadge',
    summary: 'A badge: version and age, or the documented share of the public API',
    description:
      '`/badge/github.com/owner/name.svg`, for one version `…/name/3.0.0.svg`. Repositories without documents have a badge, too.',
    path: {
      address: z.string().meta({ description: 'host/owner/name.svg', examples: ['github.com/pallets/flask.svg'] }),
    },
    query: BadgeParameters,
    headers: ['If-None-Match'],
    answers: withETag('A badge.', { 'image/svg+xml': Text }),
    errors: [...SPOOL, 'NO_VERSIONS'],
    examples: [{ title: 'The share of the API that is documented', query: { show: 'api' } }],
  },
  'GET /docs/:id': {
    id: 'findDocuments',
    summary: 'Go to the documents of a job',
    answers: {
      302: { description: 'To the documents, or to the page of the job if there are none yet.', headers: ['Location'] },
    },
    errors: SPOOL,
    examples: [{ title: 'Find the documents', flags: '-I' }],
  },
  'GET /static-docs/:id': {
    id: 'readArchive',
    summary: 'Download a set of documents',
    description:
      'With `.zip` after the id, all files of the set; with `.site.zip`, its pages as a website that opens from a folder, without a server.',
    headers: ['If-None-Match', 'Range', 'If-Range'],
    answers: {
      200: {
        description: 'An archive. The same documents result in the same bytes. It is cached.',
        content: { 'application/zip': Binary },
        headers: ['ETag', 'Content-Disposition'],
      },
      206: {
        description: 'The part requested by Range.',
        content: { 'application/zip': Binary },
        headers: ['ETag', 'Content-Disposition', 'Content-Range'],
      },
      301: { description: 'For the id without a suffix: to the overview.', headers: ['Location'] },
      304: NOT_MODIFIED,
    },
    errors: [
      ...ERRORS,
      ...SLOW,
      ...(['RATE_LIMITED', 'SPOOL_FULL', 'ARCHIVE_LIMIT', 'ARCHIVE_NOT_READY', 'RANGE_NOT_SATISFIABLE'] as const),
    ],
    examples: [{ title: 'To the overview', flags: '-L' }],
  },
  'GET /static-docs/:id/': {
    id: 'readOverview',
    summary: 'Read the overview, or search',
    description: 'With `q`, at most 50 search results: a page, or JSON with `Accept: application/json`.',
    query: OverviewParameters,
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'The overview, or the search results.',
        content: { 'text/html': Html, 'text/markdown': Text, 'application/json': SearchAnswer },
        headers: ['ETag'],
        example: EXAMPLE_SEARCH,
      },
      304: NOT_MODIFIED,
    },
    errors: [...ERRORS, ...SLOW, 'RATE_LIMITED'],
    examples: [
      { title: 'The overview as Markdown', accept: 'text/markdown' },
      { title: 'Search', query: { q: 'app context' }, accept: 'application/json' },
    ],
  },
  'GET /static-docs/:id/:filename{.+}': {
    id: 'readDocument',
    summary: 'Read a page or a file',
    description: 'Pages are named `….md`; `metadata.json` lists all files: `graph.json`, `index.json`, `llms.txt`, ….',
    path: { filename: z.string().meta({ description: 'Name of a file of the set.', examples: ['overview.md'] }) },
    query: DocsParameters,
    headers: ['If-None-Match', 'Range', 'If-Range'],
    answers: {
      200: FILE,
      206: PART,
      304: NOT_MODIFIED,
    },
    errors: [...ERRORS, 'NO_SUCH_PAGE', 'RANGE_NOT_SATISFIABLE'],
    examples: [{ title: 'A page as Markdown', query: { format: 'md' } }],
  },
  'GET /static-docs/:id/source/': {
    id: 'listSources',
    summary: 'List the files of the repository that are stored in a set',
    headers: ['If-None-Match'],
    answers: withETag('A page.', { 'text/html': Html }),
    errors: [...ERRORS, ...SLOW, 'NO_SUCH_PAGE', 'RATE_LIMITED'],
  },
  'GET /static-docs/:id/source/:name{[^]+}': {
    id: 'readSource',
    summary: 'Read a file of the repository',
    description:
      'Files are stored in the set if the repository is a local folder, or if the form of links to lines is unknown for its host.',
    path: { name: z.string().meta({ description: 'As in sources.json.', examples: ['src/app.py'] }) },
    query: SourceParameters,
    headers: ['If-None-Match'],
    answers: {
      200: {
        description: 'A page with numbered lines; with `format=text` or `Accept: text/plain`, only the file.',
        content: { 'text/html': Html, 'text/plain': Text },
        headers: ['ETag'],
      },
      302: {
        description:
          'From the path of a file to its name in the set, if they differ because not every disk can store the path.',
        headers: ['Location'],
      },
      304: NOT_MODIFIED,
    },
    errors: [...ERRORS, ...SLOW, 'NO_SUCH_PAGE', 'RATE_LIMITED'],
  },
} as const satisfies Operations
