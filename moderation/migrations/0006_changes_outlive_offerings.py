import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entries', '0004_section_experts'),
        ('moderation', '0005_changes_know_their_form'),
        ('services', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='change',
            name='change_has_one_target',
        ),
        migrations.AlterField(
            model_name='change',
            name='offering',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='changes', to='services.offering'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('legend_tag', None), ('offering', None), ('service', None), ('subject', 'entry'), models.Q(('entry__isnull', False), ('operation', 'add'), _connector='OR')), models.Q(('entry', None), ('legend_tag', None), ('offering', None), ('service', None), ('subject', 'section'), models.Q(('section__isnull', False), ('operation', 'add'), _connector='OR')), models.Q(('entry', None), ('legend_tag', None), ('offering', None), ('section', None), ('subject', 'service'), models.Q(('service__isnull', False), ('operation', 'add'), _connector='OR')), models.Q(('entry', None), ('legend_tag', None), ('section', None), ('service', None), ('subject', 'offering')), models.Q(('entry', None), ('offering', None), ('section', None), ('service', None), ('subject', 'legend_tag'), models.Q(('legend_tag__isnull', False), ('operation', 'add'), _connector='OR')), _connector='OR'), models.Q(models.Q(('subject', 'entry'), _negated=True), ('section__isnull', False), ('operation', 'add'), _connector='OR')), name='change_has_one_target'),
        ),
    ]
