/** The model name of jobs that use static analysis only, with no language model. */
export const OFFLINE = 'offline'
