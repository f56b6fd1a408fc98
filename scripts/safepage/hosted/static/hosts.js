// The API of each code host: who one is, a file, what is proposed, a proposal. Nothing here can delete a file, begin
// one or upload one: what is sent is the new text of a file that was read, onto a branch that is not the site's.
import { decode, encode } from "./text.js";

// `why` is a key of the words; `detail` what the host said.
export class Refused extends Error {
  constructor(why, detail = "") {
    super(why);
    this.why = why;
    this.detail = detail;
  }
}

const WHY = { 401: "wrong_token", 403: "no_right", 404: "no_file", 409: "changed", 412: "changed", 429: "too_many" };

async function call(host, method, path, body) {
  let answer;
  try {
    answer = await fetch(host.api + path, {
      method,
      body: body && JSON.stringify(body),
      headers: {
        Accept: "application/json",
        Authorization: `Bearer ${host.token}`,
        ...(body && { "Content-Type": "application/json" }),
      },
      cache: "no-store",
      credentials: "omit",
    });
  } catch {
    throw new Refused("no_answer");
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  const detail = typeof said.message === "string" ? said.message : "";
  const changed = answer.status === 400 && detail.includes("has changed since"); // GitLab
  throw new Refused(changed ? "changed" : (WHY[answer.status] ?? "refused"), `${answer.status} ${detail}`.trim());
}

const address = path => path.split("/").map(encodeURIComponent).join("/");

class Host {
  constructor(settings, token) {
    Object.assign(this, settings);
    this.token = token;
  }

  // Whose token it is. Raises Refused where it may not write.
  async me() {
    const user = await call(this, "GET", "/user");
    const project = await call(this, "GET", this.project);
    if (!this.mayWrite(project)) throw new Refused("no_right");
    return user.login ?? user.username ?? "";
  }

  // The text of a file as a branch has it, and its mark, which another text would not have.
  async read(path, at = this.branch) {
    const said = await call(this, "GET", this.fileAt(path, at));
    return { text: decode(said.content), mark: said.sha ?? said.blob_id, since: said.last_commit_id };
  }

  // The proposals that are open: the branch of each, and where it is talked about.
  async waiting() {
    const said = await call(this, "GET", this.open);
    return said.map(one => this.proposal(one)).filter(one => one.own);
  }

  // Change one file on a new branch, and ask for it to be taken; out: where that is talked about.
  async propose({ path, text, mark, branch, title, note }) {
    const tip = await this.tip();
    await this.same(path, mark, tip);
    await this.begin({ path, text, mark, branch, tip, title });
    try {
      return this.proposal(await this.ask(branch, title, note)).address;
    } catch (refused) {
      throw new Refused("not_asked", `${branch}: ${refused.detail ?? ""}`);
    }
  }

  // Change one file of a proposal.
  async amend({ path, text, mark, branch, title }) {
    const { since } = await this.same(path, mark, branch);
    await this.put({ path, text, mark, branch, title, since });
  }

  async same(path, mark, at) {
    const now = await this.read(path, at);
    if (now.mark !== mark) throw new Refused("changed");
    return now;
  }
}

class GitHub extends Host {
  project = `/repos/${this.repository}`;
  open = `${this.project}/pulls?state=open&per_page=100`;
  mayWrite = project => project.permissions?.push === true;
  fileAt = (path, at) => `${this.project}/contents/${address(path)}?ref=${encodeURIComponent(at)}`;
  proposal = said => ({
    branch: said.head.ref,
    address: said.html_url,
    own: said.head.repo?.full_name === said.base.repo.full_name,
  });

  async tip() {
    return (await call(this, "GET", `${this.project}/git/ref/heads/${address(this.branch)}`)).object.sha;
  }

  async begin(change) {
    await call(this, "POST", `${this.project}/git/refs`, { ref: `refs/heads/${change.branch}`, sha: change.tip });
    await this.put(change);
  }

  put({ path, text, mark, branch, title, from }) {
    const where = from ? { branch: from, new_branch: branch } : { branch };
    const body = { ...where, content: encode(text), sha: mark, message: title };
    return call(this, "PUT", `${this.project}/contents/${address(path)}`, body);
  }

  ask(branch, title, body) {
    return call(this, "POST", `${this.project}/pulls`, { head: branch, base: this.branch, title, body });
  }
}

class Forgejo extends GitHub {
  open = `${this.project}/pulls?state=open&limit=50`;

  async tip() {
    return (await call(this, "GET", `${this.project}/branches/${address(this.branch)}`)).commit.id;
  }

  // One step: it begins the branch only if the file is as it was.
  begin(change) {
    return this.put({ ...change, from: this.branch });
  }
}

class GitLab extends Host {
  project = `/projects/${encodeURIComponent(this.repository)}`;
  open = `${this.project}/merge_requests?state=opened&per_page=100`;
  mayWrite = ({ permissions = {} }) =>
    [permissions.project_access, permissions.group_access].some(access => access?.access_level >= 30);
  fileAt = (path, at) =>
    `${this.project}/repository/files/${encodeURIComponent(path)}?ref=${encodeURIComponent(at)}`;
  proposal = said => ({
    branch: said.source_branch,
    address: said.web_url,
    own: said.source_project_id === said.target_project_id,
  });

  async tip() {
    const path = `${this.project}/repository/branches/${encodeURIComponent(this.branch)}`;
    return (await call(this, "GET", path)).commit.id;
  }

  begin(change) {
    return this.put(change);
  }

  put({ path, text, branch, tip, title, since }) {
    const action = { action: "update", file_path: path, content: encode(text), encoding: "base64", last_commit_id: since };
    const begun = tip && { start_sha: tip };
    const body = { branch, ...begun, commit_message: title, actions: [action] };
    return call(this, "POST", `${this.project}/repository/commits`, body);
  }

  ask(branch, title, description) {
    const body = { source_branch: branch, target_branch: this.branch, title, description, remove_source_branch: true };
    return call(this, "POST", `${this.project}/merge_requests`, body);
  }
}

const KINDS = { github: GitHub, gitlab: GitLab, forgejo: Forgejo };

export const connect = (settings, token) => new KINDS[settings.kind](settings, token);
