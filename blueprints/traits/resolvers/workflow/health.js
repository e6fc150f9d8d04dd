/** Say that the API answers. */
export function request() {
  return {};
}

export function response() {
  return 'ok';
}
