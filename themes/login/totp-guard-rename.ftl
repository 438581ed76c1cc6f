<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<#assign wrong = false>
<#list totpGuardDevices as device><#if messagesPerField.existsError("label-" + device.id)><#assign wrong = true></#if></#list>
<@layout.registrationLayout displayMessage=!wrong; section>
    <#if section = "header">
        <@guard.title><#if totpGuardOnlyDevice!false>${msg("totpGuard.rename.openOf", totpGuardDevices[0].label)}<#else>${msg("totpGuard.rename.title")}</#if></@guard.title>
    <#elseif section = "form">
        <@guard.content>
        <form id="totp-guard-rename-form" class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
            <#if !(totpGuardOnlyDevice!false)>
                <p>${msg("totpGuard.rename.reason")}</p>
            </#if>
            <#list totpGuardDevices as device>
                <@guard.textField name="label-" + device.id value=device.label
                        label=(totpGuardOnlyDevice!false)?then(msg("totpGuard.setup.label"), msg("totpGuard.rename.label", device?counter?c))
                        error=messagesPerField.get("label-" + device.id)
                        autofocus=((totpGuardOnlyDevice!false) || device.id == (totpGuardChosen!"")) && !wrong/>
            </#list>
            <@guard.actions label=guard.keycloaks("doSubmit") id="totp-guard-save" name="save" value="true"/>
            <@guard.secondary label=msg("totpGuard.rename.back") id="totp-guard-back" name="back"/>
        </form>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
