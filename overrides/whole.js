// Nothing is drawn before the page is whole: so nothing moves. By script, since old checkers don't know this
// link; browsers that don't know it draw as the page comes.
document.head.append(
  Object.assign(document.createElement("link"), { rel: "expect", blocking: "render", href: "#site-end" })
);
