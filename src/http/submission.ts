/** The fields of a submission: validates a form or JSON body and converts it to a request to the queue. */

import { z } from 'zod'
import { folderNotAllowed } from '#base/bad-repository-url.ts'
import { parseCallbackUrl } from '#base/callback-url.ts'
import { parseCommitId } from '#base/commit-id.ts'
import { jobIdOf } from '#base/job-id.ts'
import { DEFAULT_LANGUAGE } from '#base/language.ts'
import { unlistedId } from '#base/private-jobs.ts'
import { parseRepository, type Repository } from '#base/repository.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { findJobId, type JobParts } from '#queue/find-job-id.ts'
import { JobOptions } from '#queue/job-options.ts'
import { chooseModel } from './choose-model.ts'
import type { AppDeps } from './deps.ts'
import { jobSecretOf } from './git-token.ts'
import { Refusal } from './problem.ts'

/** 0 (first) to 9 (last). */
const DEFAULT_PRIORITY = 5

/** The replacement character for invalid UTF-8. */
const text = z.string('expected one text').refine((value) => !value.includes('\ufffd'), 'the text is not valid UTF-8')

const priority = z.int('expected a whole number from 0 (first) to 9 (last)').min(0).max(9)

const FIELD = {
  repoUrl: text.meta({
    description: 'URL of the repository; it may end with .git or a slash.',
    examples: ['https://github.com/pallets/flask'],
  }),
  commitId: text.meta({
    description: 'Commit id (full, or at least 7 digits), branch or tag; empty for the newest commit.',
    examples: ['3.0.0'],
  }),
}
const PRIORITY = '0 (first) to 9 (last); 5 by default.'
const CALLBACK_URL =
  'https URL that receives a signed webhook when the job finishes; refused unless the operator has set a signing secret'
const FORCE = 'Skips the cache and the cooldown; if the job is running, another run follows.'

const { language } = JobOptions.shape
const model = text.pipe(JobOptions.shape.model.unwrap())

/** Browsers send line ends as CR LF. */
const notes = text.transform((value) => value.replaceAll('\r\n', '\n').trim()).pipe(JobOptions.shape.notes.unwrap())

const about = (option: keyof JobOptions): string => JobOptions.shape[option].description ?? ''

export const JsonSubmission = z.strictObject({
  repo_url: FIELD.repoUrl,
  commit_id: FIELD.commitId.nullish(),
  priority: priority.optional().describe(PRIORITY),
  force: z.boolean('expected true or false').optional().describe(FORCE),
  callback_url: text.nullish().describe(CALLBACK_URL),
  options: JobOptions.extend({
    model: model.optional().describe(about('model')),
    notes: notes.optional().describe(about('notes')),
  }).optional(),
})

/** Empty form fields count as absent. */
const unfilled = z.literal('').transform(() => undefined)

const filled = <T extends z.ZodType>(option: keyof JobOptions, schema: T) =>
  z
    .preprocess((value) => (value === '' ? undefined : value), schema.optional())
    .optional()
    .describe(about(option))

export const FormSubmission = z.strictObject({
  repo_url: FIELD.repoUrl,
  commit_id: FIELD.commitId.optional(),
  priority: z
    .union([unfilled, z.string().regex(/^\d$/).transform(Number).pipe(priority)], {
      error: 'expected a whole number from 0 (first) to 9 (last)',
    })
    .optional()
    .describe(PRIORITY),
  force: z.union([unfilled, z.stringbool()], { error: 'expected true or false' }).optional().describe(FORCE),
  callback_url: text.optional().describe(CALLBACK_URL),
  model: filled('model', model),
  language: filled('language', language),
  notes: filled('notes', notes),
  max_cost_usd: filled(
    'max_cost_usd',
    z
      .string('expected US dollars, 0 to 1000000')
      .regex(/^\d+(?:\.\d+)?$/, 'expected US dollars, 0 to 1000000')
      .transform(Number)
      .pipe(JobOptions.shape.max_cost_usd.unwrap()),
  ),
})

export type Submitted = z.infer<typeof JsonSubmission> | z.infer<typeof FormSubmission>

const FIELDS = Object.keys(JsonSubmission.shape).join(', ')
const OPTIONS = Object.keys(JobOptions.shape).join(', ')
const EXAMPLE = 'repo_url=https://github.com/pallets/flask'

/** The first validation error. It does not repeat values. */
export function refusalOf(error: z.core.$ZodError, input: unknown): Refusal {
  const issue = error.issues[0]
  const name = String(issue?.path[0] ?? '')
  if (issue?.code === 'unrecognized_keys') {
    const unknown = JSON.stringify(issue.keys[0]?.slice(0, 40))
    return new Refusal(
      'UNKNOWN_FIELD',
      `There is no field ${unknown}${name === '' ? '' : ` in ${name}`}.`,
      name === 'options' ? `The options are ${OPTIONS}.` : `The fields are ${FIELDS}; those of options: ${OPTIONS}.`,
    )
  }
  if (name === '') {
    return new Refusal(
      'BAD_BODY',
      'Expected an object with the field repo_url.',
      `Send ${EXAMPLE}, as JSON or as a form.`,
    )
  }
  const value = (input as Record<string, unknown> | null)?.[name]
  if (value === undefined) {
    const isJsonAsForm = Object.keys(Object(input)).some((key) => key.trimStart().startsWith('{'))
    const hint = isJsonAsForm ? "This looks like JSON: add -H 'Content-Type: application/json'." : `Send ${EXAMPLE}.`
    return new Refusal('MISSING_FIELD', `The field ${name} is missing.`, hint)
  }
  const twice = Array.isArray(value) ? ', found several values' : ''
  return new Refusal(
    'BAD_FIELD',
    `${issue?.path.join('.')}: ${issue?.message ?? 'invalid'}${twice}.`,
    twice !== ''
      ? 'Send each field once.'
      : name === 'options'
        ? `The options are ${OPTIONS}.`
        : `The fields are ${FIELDS}; those of options: ${OPTIONS}.`,
  )
}

/**
 * Convert a submission to a request to the queue.
 *
 * @param token - The git token for this job.
 * @throws {BadRepositoryUrl}
 * @throws {BadCommitId}
 * @throws {BadCallbackUrl}
 * @throws {Refusal} `NOT_A_REPOSITORY`, `BAD_FIELD`, `MODEL_NOT_ALLOWED`, `NO_MODEL` or `CALLBACKS_OFF`.
 */
export async function requestOf(
  fields: Submitted,
  deps: Pick<
    AppDeps,
    | 'queue'
    | 'policy'
    | 'inspectFolder'
    | 'mainModel'
    | 'allowedModels'
    | 'tokenKeeper'
    | 'isPrivateShared'
    | 'areNotesShared'
    | 'access'
    | 'callbackPolicy'
  >,
  idempotencyKey: string | null,
  token: string | null = null,
): Promise<SubmitRequest> {
  const repository = parseRepository(fields.repo_url, deps.policy)
  const commit = fields.commit_id ?? ''
  const commitId = /^[ \t]*$/.test(commit) ? null : parseCommitId(commit)
  const wanted: JobOptions = 'options' in fields ? (fields.options ?? {}) : (fields as z.infer<typeof FormSubmission>)
  const mainModel = chooseModel(wanted.model, deps)
  const options = beyondDefault(wanted, mainModel === deps.mainModel ? undefined : mainModel)
  const callback = callbackOf(fields.callback_url, deps)
  if (repository.folder !== null) await checkFolder(repository.folder, deps)
  const secret = await jobSecretOf(repository.url, token, deps)
  return {
    jobId: await jobIdFor(repository, { commitId, options, secret }, deps),
    repoUrl: repository.url,
    commitId,
    options,
    priority: fields.priority ?? DEFAULT_PRIORITY,
    force: fields.force ?? false,
    mainModel,
    idempotencyKey,
    ...(callback !== undefined && { callback }),
  }
}

async function jobIdFor(
  repository: Repository,
  parts: JobParts,
  deps: Pick<AppDeps, 'queue' | 'access' | 'areNotesShared'>,
): Promise<string> {
  const { commitId, options, secret } = parts
  if (secret === null && hasAnonymousNotes(options, deps)) return unlistedId(jobIdOf(repository, commitId, options))
  const readJob = async (jobId: string) => {
    const existing = (await deps.queue.read(jobId))?.view
    return existing && { repoUrl: existing.repo_url, commitId: existing.commit_id, options: existing.options }
  }
  return await findJobId(readJob, repository, parts)
}

/** Whether the notes for the model come from an anonymous caller. */
const hasAnonymousNotes = (
  { notes }: JobOptions,
  { access, areNotesShared }: Pick<AppDeps, 'access' | 'areNotesShared'>,
) => notes !== undefined && areNotesShared !== true && (access?.tokens ?? []).length === 0

/** Refuses a folder that a job would fail on. */
export async function checkFolder(folder: string, { inspectFolder }: Pick<AppDeps, 'inspectFolder'>): Promise<void> {
  const finding = (await inspectFolder?.(folder)) ?? 'repository'
  if (finding === 'repository') return
  if (finding === 'outside') throw folderNotAllowed()
  throw new Refusal(
    'NOT_A_REPOSITORY',
    'This folder does not exist or is not a git repository.',
    'Give the top folder of a repository, its .git folder or a bare one.',
  )
}

/** The webhook of a submission. Without a secret to sign with, webhooks are off. */
function callbackOf(text: string | null | undefined, { callbackPolicy }: Pick<AppDeps, 'callbackPolicy'>) {
  if (text == null || text === '') return undefined
  if (callbackPolicy === undefined) {
    throw new Refusal(
      'CALLBACKS_OFF',
      'Webhooks are not enabled on this service.',
      'Poll the job instead (?wait=60). The operator can enable webhooks with DOCSPOOL_WEBHOOK_SECRET.',
    )
  }
  return parseCallbackUrl(text, callbackPolicy)
}

/** The options that differ from the defaults and therefore change the job's id. */
function beyondDefault({ language, notes, max_cost_usd }: JobOptions, model: string | undefined): JobOptions {
  return {
    ...(model !== undefined && { model }),
    ...(language !== undefined && language !== DEFAULT_LANGUAGE && { language }),
    ...(notes !== undefined && notes !== '' && { notes }),
    ...(max_cost_usd !== undefined && { max_cost_usd }),
  }
}
