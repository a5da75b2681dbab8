/** Operations on followed repositories, and webhooks of their hosts. */

import { z } from 'zod'
import {
  FollowedAddress,
  FollowList,
  FollowsParameters,
  FormFollow,
  JsonFollow,
  PageFollow,
  PageRemoval,
} from '#http/follow-fields.ts'
import { HookAnswer } from '#http/hooks/answer.ts'
import { FollowView } from '#queue/follows/follow-view.ts'
import { EXAMPLE_FOLLOW } from './examples.ts'
import { Html, Line, type Operations, REPOSITORY_URL, SPOOL } from './operation.ts'

const FOLLOW = { 'application/json': FollowView, 'text/plain': Line } as const
const PATH = { repository: FollowedAddress } as const
const FORM = 'application/x-www-form-urlencoded'

const ADDRESS = [...REPOSITORY_URL, 'FOLDER_NOT_ALLOWED'] as const
const FIELDS = ['BAD_BODY', 'BAD_FIELD', 'UNKNOWN_FIELD', 'UNSUPPORTED_MEDIA_TYPE'] as const
const PUT = ['FOLLOWING_NEEDS_TOKEN', 'NOT_A_REPOSITORY', 'TOO_MANY_FOLLOWS', 'RATE_LIMITED', 'SPOOL_FULL'] as const

export const followOperations = {
  'GET /api/follows': {
    id: 'listFollows',
    summary: 'List the followed repositories',
    query: FollowsParameters,
    answers: {
      200: {
        description: 'Up to 100 of them, sorted by URL; `next` leads to others. Counts as a search.',
        content: { 'application/json': FollowList, 'text/plain': Line },
        example: { follows: [EXAMPLE_FOLLOW], next: null },
        headers: ['Link'],
      },
    },
    errors: [...SPOOL, 'NOT_FOUND', 'RATE_LIMITED'],
    examples: [{ title: 'One line for each', accept: 'text/plain' }],
  },
  'GET /api/follows/:repository{.+}': {
    id: 'readFollow',
    summary: 'Read how a repository is followed',
    path: PATH,
    answers: { 200: { description: 'The follow.', content: FOLLOW, example: EXAMPLE_FOLLOW } },
    errors: [...SPOOL, ...ADDRESS, 'NO_SUCH_FOLLOW', 'NOT_FOUND'],
    examples: [{ title: 'On one line', accept: 'text/plain' }],
  },
  'PUT /api/follows/:repository{.+}': {
    id: 'follow',
    summary: 'Follow a repository, or change how it is followed',
    description:
      'The host is checked for branches and tags soon, and then at the given interval. New and moved ones are submitted. Omitted fields are taken from docspool.json in the repository.',
    path: PATH,
    body: { 'application/json': JsonFollow, [FORM]: FormFollow },
    isBodyOptional: true,
    answers: {
      200: { description: 'It was followed before.', content: FOLLOW, example: EXAMPLE_FOLLOW },
      201: { description: 'It is followed from now on.', content: FOLLOW, example: EXAMPLE_FOLLOW },
    },
    errors: [...SPOOL, ...ADDRESS, ...FIELDS, ...PUT, 'NOT_FOUND'],
    examples: [
      { title: 'The default branch, checked every hour', form: { every: '1h' } },
      { title: 'The five newest releases as well', json: { tags: ['semver:>=2'], keep: 5 } },
    ],
  },
  'DELETE /api/follows/:repository{.+}': {
    id: 'unfollow',
    summary: 'Stop following a repository',
    description: 'Its documents stay until they expire.',
    path: PATH,
    answers: { 204: { description: 'It is no longer followed.' } },
    errors: [...SPOOL, ...ADDRESS, 'FOLLOWING_NEEDS_TOKEN', 'NO_SUCH_FOLLOW', 'NOT_FOUND', 'SPOOL_FULL'],
    examples: [{ title: 'Stop following a repository' }],
  },
  'POST /hooks': {
    id: 'receiveHook',
    summary: 'Receive a webhook from a host',
    description:
      'From GitHub, GitLab, Gitea, Forgejo, Bitbucket and Azure DevOps, in their own formats, or signed according to Standard Webhooks. A followed repository is checked soon after a push.',
    body: {
      'application/json': z.looseObject({}),
      [FORM]: z.looseObject({ payload: z.string().optional() }),
    },
    answers: {
      200: {
        description: 'Ignored; `reason` says why.',
        content: { 'application/json': HookAnswer, 'text/plain': Line },
      },
      202: {
        description: 'The repository will be checked.',
        content: { 'application/json': HookAnswer, 'text/plain': Line },
      },
    },
    errors: [
      ...SPOOL,
      ...(['BAD_BODY', 'HOOKS_OFF', 'HOOK_REFUSED', 'HOOK_OUT_OF_SCOPE'] as const),
      ...(['UNSUPPORTED_MEDIA_TYPE', 'RATE_LIMITED', 'SPOOL_FULL', 'NOT_FOUND'] as const),
    ],
  },
} as const satisfies Operations

export const followPageOperations = {
  'GET /follows': {
    id: 'showFollows',
    summary: 'The followed repositories, and the form to follow one',
    query: FollowsParameters,
    answers: { 200: { description: 'The page.', content: { 'text/html': Html } } },
    errors: [...SPOOL, 'NOT_FOUND', 'RATE_LIMITED'],
  },
  'POST /follows': {
    id: 'submitFollow',
    summary: 'The form that follows a repository',
    body: { [FORM]: PageFollow },
    answers: { 303: { description: 'To the list.', headers: ['Location'] } },
    errors: [...SPOOL, ...ADDRESS, ...FIELDS, ...PUT, 'NOT_FOUND'],
  },
  'POST /follows/remove': {
    id: 'pressUnfollow',
    summary: 'The button that stops following a repository',
    body: { [FORM]: PageRemoval },
    answers: { 303: { description: 'To the list.', headers: ['Location'] } },
    errors: [...SPOOL, ...ADDRESS, ...FIELDS, 'NOT_FOUND', 'SPOOL_FULL'],
  },
} as const satisfies Operations
