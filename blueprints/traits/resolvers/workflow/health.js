/** Return the health status of the API. */
export function request() {
  return {};
}

export function response() {
  return 'ok';
}
