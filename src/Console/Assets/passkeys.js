// Asks the browser for a passkey and sends what it answers with the form. Without it, or without passkeys, the form stays hidden.
(() => {
  if (!window.PublicKeyCredential || !window.isSecureContext || !PublicKeyCredential.parseCreationOptionsFromJSON) return;
  // A passkey belongs to a host with a name: on a bare address there are none.
  if (/^[\d.]+$|:/.test(location.hostname)) return;
  document.querySelectorAll('form[data-passkey]').forEach((form) => {
    form.hidden = false;
    const isNew = form.dataset.passkey === 'add',
      said = form.querySelector('[role=status]');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      said.textContent = '';
      try {
        const asked = await fetch(`${form.action}/options`, {
          method: 'POST',
          body: new URLSearchParams(new FormData(form)),
          credentials: 'same-origin',
        });
        if (!asked.ok) throw new Error('the page is too old: load it again');
        const options = await asked.json();
        const credential = isNew
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        form.elements.credential.value = JSON.stringify(credential.toJSON());
        form.submit();
      } catch (fault) {
        said.textContent = fault.name === 'NotAllowedError' ? 'No passkey was used.' : `That did not work: ${fault.message}`;
      }
    });
  });
})();
