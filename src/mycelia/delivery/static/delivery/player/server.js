// Requests to the app, with the token against forgery read at the moment of sending: signing in again renews it.
export class SignedOut extends Error {}
export class Refused extends Error {}

function cookie(name) {
  return document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

export function request(settings, url, body, options = {}) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie(settings.csrfCookie) };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", ...options });
}

export async function send(settings, url, body) {
  const response = await request(settings, url, body);
  if (response.ok) return response.json();
  // 0 is the way to the sign-in page, which a script must not follow.
  if ([0, 401, 403, 404].includes(response.status)) throw new SignedOut(String(response.status));
  if ([409, 413, 422].includes(response.status)) throw new Refused(String(response.status));
  throw new Error(String(response.status));
}
