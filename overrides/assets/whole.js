// Nothing is drawn before the page is whole, its exit included: so nothing moves. By script, since old
// checkers don't know this link; browsers that don't know it draw as the page comes.
(() => {
  const whole = { rel: "expect", blocking: "render", href: "#site-end" };
  document.head.append(Object.assign(document.createElement("link"), whole));
})();
