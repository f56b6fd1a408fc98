// Nothing is drawn before the page is whole, its exit included: so nothing moves. By script, since old
// checkers don't know this link; browsers that don't know it draw as the page comes.
(() => {
  const whole = { rel: "expect", blocking: "render", href: "#site-end" };
  // Nor is a host looked up before a link to it is followed, as Firefox does where a server sends no word on it.
  const still = { httpEquiv: "x-dns-prefetch-control", content: "off" };
  document.head.append(
    Object.assign(document.createElement("link"), whole),
    Object.assign(document.createElement("meta"), still),
  );
})();
