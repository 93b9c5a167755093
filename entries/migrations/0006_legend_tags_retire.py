from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entries', '0005_anchors_at_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='legendtag',
            name='retired_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='legendtag',
            name='retired_because',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name='legendtag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('retired_at', None), ('retired_because', '')), models.Q(('retired_at__isnull', False), models.Q(('retired_because', ''), _negated=True)), _connector='OR'), name='legend_tag_retires_with_a_reason'),
        ),
    ]
